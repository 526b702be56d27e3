import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { Problem } from '../platform/problem.ts'
import { type Actor, anonymous, findActor } from './tokens.ts'

const CHALLENGE = { 'www-authenticate': 'Bearer' }

/** Finds out who asks: the holder of a bearer token (RFC 6750), or nobody known. */
export const authentication = () =>
  createMiddleware<Env>(async function authentication(c, next) {
    const header = c.req.header('authorization')
    if (header === undefined) c.set('actor', anonymous)
    else {
      const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
      const actor = token && (await findActor(c.var.tenant, token))
      if (!actor) throw new Problem(401, 'Unauthorized', 'This token is not known here.', CHALLENGE)
      c.set('actor', actor)
      c.header('cache-control', 'private, no-store')
    }
    await next()
  })

/** Refuses an actor who may not do what was asked: whoever is unknown may try again with a token. */
export function demand(actor: Actor, allowed: boolean): void {
  if (allowed) return
  if (actor.kind === 'anonymous')
    throw new Problem(401, 'Unauthorized', 'This needs a token: Authorization: Bearer …', CHALLENGE)
  throw new Problem(403, 'Forbidden', 'This token lacks the scope for this.')
}
