/**
 * The bytes that a `Range` header asks for (RFC 9110, section 14.1.2), both ends included. Several ranges, other
 * units and nonsense are passed over, as the standard allows: the whole file is sent.
 *
 * @returns nothing if the whole file is to be sent, `unsatisfiable` if the range lies outside it.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const [first, last] = [match[1], match[2]].map((digits) => (digits === '' ? undefined : Number(digits)))
  if (first === undefined) {
    const suffix = Math.min(last as number, size)
    return suffix === 0 ? 'unsatisfiable' : { start: size - suffix, end: size - 1 }
  }
  if (last !== undefined && last < first) return undefined
  if (first >= size) return 'unsatisfiable'
  return { start: first, end: Math.min(last ?? size - 1, size - 1) }
}
