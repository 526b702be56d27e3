/** The revisions that If-Match names (RFC 9110, section 13.1.1), or that any will do; nothing without the header. */
export function revisionsIn(header: string | undefined): number[] | 'any' | undefined {
  if (header === undefined) return undefined
  if (header.trim() === '*') return 'any'
  return header.split(',').flatMap((tag) => Number(/^"(\d{1,9})"$/.exec(tag.trim())?.[1] ?? 0) || [])
}
