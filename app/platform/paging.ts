import { z } from '@hono/zod-openapi'

/** `next` of a page, in the body. */
export const Next = z.url().optional().openapi({ description: 'Address of the next page; not there on the last' })

/**
 * Where a list goes on, for the body (`next`) and as a header (RFC 8288), which says too where it begins.
 *
 * @param at the absolute address of the page behind a place, of the first one without.
 * @param here the place that this page was asked for by, and the one that the next page begins behind.
 */
export function pages(
  at: (after?: string) => string,
  { after, next }: { after?: string | undefined; next?: string | undefined },
): { body: { next?: string }; headers: { link?: string } } {
  const first = after === undefined ? [] : [`<${at()}>; rel="first"`]
  if (next === undefined) return { body: {}, headers: first.length > 0 ? { link: first.join() } : {} }
  return { body: { next: at(next) }, headers: { link: [...first, `<${at(next)}>; rel="next"`].join(', ') } }
}

/** An address with the parameters that have a value. */
export function withQuery(address: string, parameters: { [name: string]: string | number | undefined }): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value))
  return query.size > 0 ? `${address}?${query}` : address
}
