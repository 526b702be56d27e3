/**
 * Shares out a range of IPv4 addresses. Each part is placed in the first gap that is aligned to its size, in the order
 * given: so a part added at the end never moves the ones before it.
 *
 * @param range in CIDR notation
 * @param prefixes length of each part's prefix, by name
 * @returns each part's range in CIDR notation, by name
 * @throws RangeError if a part does not fit; the message names it.
 */
export function shareOut<Name extends string>(range: string, prefixes: Record<Name, number>): Record<Name, string> {
  const whole = parse(range)
  const taken: Range[] = []
  const shares = Object.entries<number>(prefixes).map(([name, prefix]) => {
    const size = 2 ** (32 - prefix)
    let first = align(whole.first, size)
    for (const other of taken)
      if (first + size > other.first && first <= other.last) first = align(other.last + 1, size)
    const share = { first, last: first + size - 1 }
    if (share.first < whole.first || share.last > whole.last)
      throw new RangeError(`${range} has no room left for ${name} (/${prefix})`)
    taken.push(share)
    taken.sort((a, b) => a.first - b.first)
    return [name, `${format(first)}/${prefix}`]
  })
  return Object.fromEntries(shares) as Record<Name, string>
}

/** Whether two ranges in CIDR notation have an address in common. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [parse(a), parse(b)]
  return one.first <= other.last && other.first <= one.last
}

/** Whether two addresses, each with the length of its prefix, are different ones of the same range. */
export function neighbours(a: string, b: string): boolean {
  const [one, other] = [parse(a), parse(b)]
  return one.first === other.first && one.last === other.last && one.address !== other.address
}

interface Range {
  first: number
  last: number
}

function parse(range: string): Range & { address: number } {
  const [written = '', prefix] = range.split('/')
  const size = 2 ** (32 - Number(prefix))
  const address = written.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const first = address - (address % size)
  return { address, first, last: first + size - 1 }
}

function format(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.')
}

function align(address: number, size: number): number {
  return Math.ceil(address / size) * size
}
