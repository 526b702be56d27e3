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
  /** Day (YYYY-MM-DD) from which the request would be served: a member of the details of its own (section 3.2). */
  readonly until: string | undefined

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
    until?: string,
  ) {
    super(detail)
    this.status = status
    this.title = title
    this.headers = headers
    this.until = until
  }

  toJson(): string {
    const { status, title, message, until } = this
    return JSON.stringify({ type: 'about:blank', title, status, detail: message, until })
  }
}

export const notFound = (what = 'There is nothing at this address.') => new Problem(404, 'Not found', what)
