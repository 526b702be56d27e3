/** The errors of the protocol that this repository has cause to answer (OAI-PMH 2.0, section 3.6). */
type ErrorCode =
  | 'badVerb'
  | 'badArgument'
  | 'badResumptionToken'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
  | 'noSetHierarchy'

export interface OaiError {
  code: ErrorCode
  message: string
}

/** Why a request cannot be answered, in the protocol's terms. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly errors: readonly OaiError[]

  constructor(errors: readonly OaiError[]) {
    super(errors.map(({ code, message }) => `${code}: ${message}`).join('; '))
    this.errors = errors
  }
}

export const refusal = (code: ErrorCode, message: string) => new Refusal([{ code, message }])
