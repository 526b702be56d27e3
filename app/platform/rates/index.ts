import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { HonoRequest } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Rates } from '../../config.ts'
import type { Env } from '../../env.ts'
import type { Caches } from '../../ports/cache/port.ts'
import { type Tenant, unavailable } from '../../tenancy/index.ts'
import { Busy } from '../database/index.ts'
import { Problem } from '../problem.ts'
import { isReading } from '../reading.ts'
import { Limiter, type Standing, WINDOW } from './limiter.ts'
import { Turns } from './turns.ts'

/** What is dear to answer: searches in all their forms, and lists that are counted anew. */
const SEARCHES = /^\/(api\/v1\/)?(search|people|subjects|feed)\b/
/** Where a refusal has a form of its own. */
const OAI = '/oai'
/** Tokens that one address may bring in a minute: whoever makes them up would otherwise be looked up each time. */
const TOKENS = 100
/**
 * Milliseconds that a refused request waits for its answer: whoever asks again at once would otherwise keep the process
 * busy with refusals.
 */
const HELD = 1_000

/**
 * Refuses what a client asks beyond its share of an institution, and says with each answer how much is left of it
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/10/). A client is an address, or whoever
 * brings the same token.
 */
export const limitRates = (rates: Rates, caches: Caches) => {
  const limiters = {
    reads: new Limiter('reads', rates.reads, caches),
    searches: new Limiter('searches', rates.searches, caches),
    writes: new Limiter('writes', rates.writes, caches),
  }
  const tokens = new Limiter('tokens', TOKENS, caches)
  return createMiddleware<Env>(async function limitRates(c, next) {
    const { tenant } = c.var
    const address = digest(`${tenant.id} ${c.var.client}`)
    const authorization = c.req.header('authorization')
    const token = authorization === undefined ? undefined : digest(`${tenant.id} ${authorization}`)
    const kind = kindOf(c.req)
    const { limit } = limiters[kind]
    const standing = await limiters[kind].spend(token ?? address)
    c.header('ratelimit-policy', `"${kind}";q=${limit};w=${WINDOW}`)
    c.header('ratelimit', `"${kind}";r=${standing.remaining};t=${standing.seconds}`)
    await mustBeAllowed(c.req, standing)
    if (token !== undefined && standing.first) await mustBeAllowed(c.req, await tokens.spend(address))
    await next()
    // Whoever brings a token that is not known here is nobody known.
    if (token !== undefined && c.res.status === 401) await mustBeAllowed(c.req, await limiters[kind].spend(address))
  })
}

function kindOf(request: HonoRequest) {
  if (!isReading(request)) return 'writes'
  return SEARCHES.test(request.path) ? 'searches' : 'reads'
}

/** A client as it is remembered: nobody is to read its address or its token where it is counted. */
const digest = (client: string) => createHash('sha256').update(client).digest('base64url')

async function mustBeAllowed({ path }: HonoRequest, { allowed, seconds }: Standing): Promise<void> {
  if (allowed) return
  await setTimeout(HELD)
  // Harvesters wait and go on at a 503 (OAI-PMH 2.0, section 3.1.2.2); not all of them know 429.
  throw new Problem(
    path === OAI ? 503 : 429,
    'Too many requests',
    `This is more than one client may ask in a minute. Please go on in ${seconds} seconds.`,
    { 'retry-after': String(seconds) },
  )
}

/**
 * Lets the clients of an institution take {@link Turns}, so that one that asks for everything at once leaves room for
 * others: room in the process for reads, and connections to the database beside searches, each of which takes two.
 */
export const takeTurns = () => {
  const turnsOf = new WeakMap<Tenant, { reads: Turns; searches: Turns }>()
  const turnsAt = (tenant: Tenant) => {
    const { connections } = tenant.limits
    const turns = turnsOf.get(tenant) ?? {
      reads: new Turns(connections * 2, Math.floor(connections / 2)),
      searches: new Turns(Math.floor(connections / 2), Math.ceil(connections / 4)),
    }
    turnsOf.set(tenant, turns)
    return turns
  }
  return createMiddleware<Env>(async function takeTurns(c, next) {
    const kind = kindOf(c.req)
    // A body may take hours to come. Whoever has a token is known, and may go through all that there is.
    if (kind === 'writes' || c.req.method === 'POST' || c.req.header('authorization') !== undefined) return await next()
    const end = await turnsAt(c.var.tenant)[kind].take(c.var.client, c.req.raw.signal)
    if (!end) throw unavailable(new Busy('too many requests wait for their turn'))
    try {
      await next()
    } finally {
      end()
    }
  })
}
