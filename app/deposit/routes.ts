import { type Context, Hono } from 'hono'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import { digesting, readBody } from './body.ts'
import { acceptedTypes, type Input, inputOf, template } from './inputs/index.ts'
import { type KeyedCall, openCall, readKey } from './keyed-call.ts'
import { beginRun, type Run } from './run.ts'

const GIB = 2 ** 30

/**
 * `POST /imports`, below `/api/v1`: records in, a line of JSON for each out, in order and as it happens. With
 * `?mode=check` it says what an import would do and changes nothing; with an `Idempotency-Key` it can be sent again
 * after it broke off.
 */
export function importRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/imports', async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const { type, input } = inputFor(c)
    const { mode: named, ...query } = c.req.query()
    const { mode: _, ...queries } = c.req.queries()
    const mode = modeOf(named)
    const limit = c.var.tenant.limits.upload * GIB
    const idempotencyKey = readKey(c.req.header('idempotency-key'))

    let key: KeyedCall | undefined
    const arriving = readBody(c.req.raw, limit, () => key?.alive())
    // A check changes nothing, so that it can be repeated as it is.
    if (mode === 'import' && idempotencyKey !== undefined)
      key = await openCall(c.var.tenant, c.var.actor, idempotencyKey, JSON.stringify([type, queries]))
    const { bytes, digest } = key ? digesting(arriving) : { bytes: arriving, digest: () => undefined }
    const charset = /;\s*charset="?([^\s";]+)/i.exec(c.req.header('content-type') ?? '')?.[1]
    const records = input.read({ body: bytes, limit, charset, query, queries })
    return answer(c, await beginRun({ variables: c.var, mode, records, bodyDigest: digest, key }))
  })
  app.get('/imports/template.csv', (c) => {
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', 'attachment; filename="template.csv"')
    return c.body(template(c.req.query('lang') === 'en' ? 'en' : 'ja'))
  })
  return app
}

function inputFor(c: Context<Env>): { type: string | undefined; input: Input } {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  const input = inputOf(type)
  if (input) return { type, input }
  throw new Problem(
    415,
    'Unsupported media type',
    `${type ?? 'Nothing'} was sent; understood are ${acceptedTypes.join(', ')}.`,
  )
}

function modeOf(named = 'import'): Run['mode'] {
  if (named === 'import' || named === 'check') return named
  throw new Problem(422, 'Invalid', 'mode must be import or check.')
}

function answer(c: Context<Env>, lines: AsyncGenerator<string>): Response {
  c.header('content-type', 'application/x-ndjson')
  c.header('cache-control', 'no-store')
  // A proxy must not hold lines back (nginx's name for it).
  c.header('x-accel-buffering', 'no')
  return c.body(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()) as ReadableStream)
}
