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

  /**
   * @param status HTTP status
   * @param title what kind of problem it is, the same each time
   * @param detail what happened this time and what to do
   */
  constructor(status: ContentfulStatusCode, title: string, detail: string, headers: Record<string, string> = {}) {
    super(detail)
    this.status = status
    this.title = title
    this.headers = headers
  }

  toJson(): string {
    const { status, title, message } = this
    return JSON.stringify({ type: 'about:blank', title, status, detail: message })
  }
}

export const notFound = (what = 'There is nothing at this address.') => new Problem(404, 'Not found', what)
