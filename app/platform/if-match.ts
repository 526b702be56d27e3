import { Problem } from './problem.ts'

/**
 * The revisions that If-Match names (RFC 9110, section 13.1.1), or that any will do; nothing without the header. What a
 * tag says behind a dot is no revision, and loses nobody's change.
 */
export function revisionsIn(header: string | undefined): number[] | 'any' | undefined {
  if (header === undefined) return undefined
  if (header.trim() === '*') return 'any'
  return header.split(',').flatMap((tag) => Number(/^"(\d{1,9})(?:\.\d{1,9}){0,2}"$/.exec(tag.trim())?.[1] ?? 0) || [])
}

/** The same where it has to be said. @throws Problem 428 without the header (RFC 6585, section 3). */
export function demandRevisions(header: string | undefined): number[] | 'any' {
  const revisions = revisionsIn(header)
  if (revisions !== undefined) return revisions
  throw new Problem(
    428,
    'Precondition required',
    'Say which revision you have seen: If-Match with the ETag that you have read.',
  )
}
