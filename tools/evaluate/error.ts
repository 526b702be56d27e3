/** The definition stops. The message is its own: what it reported, without a stack trace of the evaluator's. */
export class EvaluationError extends Error {
  override name = 'EvaluationError'
}
