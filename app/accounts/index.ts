export { authentication, demand } from './middleware.ts'
export { forAll, needs, SCHEME } from './security.ts'
export { type Actor, actorName, anonymous, createToken, type Scope, scopes } from './tokens.ts'
