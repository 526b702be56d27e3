import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demand } from '../accounts/index.ts'
import type { Placing } from '../collections/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import { invalid } from '../platform/validation.ts'
import { digesting, readBody } from './body.ts'
import { describeImport, describeTemplate } from './description.ts'
import type { Incoming } from './incoming.ts'
import { acceptedTypes, type Input, inputOf, template } from './inputs/index.ts'
import { type KeyedCall, openCall, readKey } from './keyed-call.ts'
import { CallQuery, RecordQuery, TemplateQuery } from './parameters.ts'
import { beginRun } from './run.ts'

const GIB = 2 ** 30

/**
 * `POST /imports`, below `/api/v1`: records in, a line of JSON for each out, in order and as it happens. With
 * `?mode=check` it says what an import would do and changes nothing; with an `Idempotency-Key` it can be sent again
 * after it broke off.
 */
export function importRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  // Described and not `openapi()`: a body that is read as it arrives is not to be read whole first.
  app.openAPIRegistry.registerPath(describeImport)
  app.openAPIRegistry.registerPath(describeTemplate)
  app.post('/imports', async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const { type, input } = inputFor(c)
    const { mode, collections, ...beside } = queryOf(c, input)
    const limit = c.var.tenant.limits.upload * GIB
    const idempotencyKey = readKey(c.req.header('idempotency-key'))

    let key: KeyedCall | undefined
    const arriving = readBody(c.req.raw, limit, () => key?.alive())
    // A check changes nothing, so that it can be repeated as it is.
    if (mode === 'import' && idempotencyKey !== undefined)
      key = await openCall(c.var.tenant, c.var.actor, idempotencyKey, JSON.stringify([type, collections, beside]))
    const { bytes, digest } = key ? digesting(arriving) : { bytes: arriving, digest: () => undefined }
    const charset = /;\s*charset="?([^\s";]+)/i.exec(c.req.header('content-type') ?? '')?.[1]
    const records = putInto(
      collections,
      input.read({ body: bytes, limit, scratch: c.var.tenant.scratch.uploads, charset, beside }),
    )
    return answer(c, await beginRun({ variables: c.var, mode, records, bodyDigest: digest, key }))
  })
  app.get('/imports/template.csv', (c) => {
    const query = TemplateQuery.safeParse(c.req.query())
    if (!query.success) throw invalid(query.error)
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', 'attachment; filename="template.csv"')
    return c.body(template(query.data.lang))
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

/** What the query says. A word that is not known is refused: passed over, a check would be an import. */
function queryOf(c: Context<Env>, { bare }: Input): z.infer<typeof RecordQuery> {
  const said = Object.entries(c.req.queries()).map(([name, values]) => {
    const list = name === 'formerAddresses' || values.length > 1
    return [name, list ? values : values[0]]
  })
  const query = (bare ? RecordQuery : CallQuery).safeParse(Object.fromEntries(said))
  if (!query.success) throw invalid(query.error)
  return query.data
}

/** Puts records into collections where they do not say themselves where they lie; what was harvested, when it is new. */
async function* putInto(collections: Placing[] | undefined, records: AsyncGenerator<Incoming>) {
  for await (const incoming of records) {
    if (collections && incoming.restore)
      throw new Problem(
        422,
        'Invalid',
        'The export of an institution says itself where items lie: leave collections away.',
      )
    if (!collections) yield incoming
    else if (incoming.harvested) yield { ...incoming, firstCollections: collections }
    else yield { ...incoming, collections: incoming.collections ?? collections }
  }
}

function answer(c: Context<Env>, lines: AsyncGenerator<string>): Response {
  c.header('content-type', 'application/x-ndjson')
  c.header('cache-control', 'no-store')
  // A proxy must not hold lines back (nginx's name for it).
  c.header('x-accel-buffering', 'no')
  return c.body(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()) as ReadableStream)
}
