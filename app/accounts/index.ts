export { authentication, demand } from './middleware.ts'
export { type Actor, actorName, createToken, type Scope, scopes } from './tokens.ts'
