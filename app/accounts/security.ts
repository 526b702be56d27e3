import type { Scope } from './tokens.ts'

/** The name of the security scheme in the API's document. */
export const SCHEME = 'token'

/** An operation's `security`: for everybody; a token may show more (OpenAPI 3.1, section 4.8.30). */
export const forAll: { [SCHEME]?: string[] }[] = [{}, { [SCHEME]: [] }]

/** An operation's `security`: for holders of a token with this scope. */
export const needs = (scope: Scope): { [SCHEME]?: string[] }[] => [{ [SCHEME]: [scope] }]
