import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * Why a request cannot be served, in words for whoever sent it. The API answers it as `application/problem+json`
 * (RFC 9457), pages as an error page.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ContentfulStatusCode
  readonly title: string
  readonly headers: Record<string, string>
  /** Members of the details of its own (RFC 9457, section 3.2). */
  readonly more: More

  /**
   * @param status HTTP status
   * @param title what kind of problem it is, the same each time
   * @param detail what happened this time and what to do
   */
  constructor(
    status: ContentfulStatusCode,
    title: string,
    detail: string,
    headers: Record<string, string> = {},
    more: More = {},
  ) {
    super(detail)
    this.status = status
    this.title = title
    this.headers = headers
    this.more = more
  }

  toJson(): string {
    const { status, title, message, more } = this
    return JSON.stringify({ type: 'about:blank', title, status, detail: message, ...more })
  }
}

interface More {
  /** Day (YYYY-MM-DD) from which the request would be served. */
  until?: string | undefined
  /** Each thing that is wrong with what was sent, where that is known. */
  errors?: readonly Fault[]
}

/** One thing that is wrong with what was sent. */
export interface Fault {
  /** The place in it, such as `files[0].until`; `/` for all of it. */
  path: string
  message: string
}

export const notFound = (what = 'There is nothing at this address.') => new Problem(404, 'Not found', what)
