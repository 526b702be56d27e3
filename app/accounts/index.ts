export { authentication, demand } from './middleware.ts'
export { type Actor, actorName, anonymous, createToken, type Scope, scopes } from './tokens.ts'
