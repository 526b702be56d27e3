/** An error whose message is all that the person at the keyboard needs: shown without a stack trace. */
export class PlainError extends Error {
  override name = 'PlainError'
}
