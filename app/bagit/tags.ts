/** Checksums of a file, hexadecimal in small letters, by algorithm. */
export type Digests = { [algorithm: string]: string }

export interface Manifest {
  path: string
  algorithm: string
}

/** Labels and values of a tag file (RFC 8493, section 2.2.2), by label in small letters; a line may be continued. */
export function parseTags(text: string): Map<string, string[]> {
  const tags = new Map<string, string[]>()
  const unfolded = text.replace(/^\ufeff/, '').replace(/(\r\n|\n|\r)[ \t]+/g, ' ')
  for (const line of unfolded.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const label = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    const values = tags.get(label)
    if (values) values.push(value)
    else tags.set(label, [value])
  }
  return tags
}

/** A line of a manifest (RFC 8493, section 2.1.3); `*` before a path is what the tool md5sum writes. */
export function parseManifestLine(line: string): { digest: string; path: string } | undefined {
  const match = /^([0-9a-f]+)[ \t]+\*?(?:\.\/)?(.+)$/i.exec(line)
  if (!match) return undefined
  const path = (match[2] as string).replace(/%(25|0A|0D)/gi, (code) => decodeURIComponent(code))
  return { digest: (match[1] as string).toLowerCase(), path }
}
