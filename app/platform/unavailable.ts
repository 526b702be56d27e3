/**
 * A service that the application needs does not answer just now, or not as it must. Requests that need it are answered
 * with 503; work stays in the outbox.
 */
export class Unavailable extends Error {
  override name: string = 'Unavailable'
}
