import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { forAll } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may, readItems } from '../items/index.ts'
import { Busy } from '../platform/database/index.ts'
import { problems } from '../platform/openapi.ts'
import { Turns } from '../platform/rates/turns.ts'
import { invalid } from '../platform/validation.ts'
import { Asked, type Search, search } from '../search/index.ts'
import { type Tenant, unavailable } from '../tenancy/index.ts'
import { type Exported, exportFormats } from './formats.ts'
import { portableRecord } from './portable.ts'

/** Items of an export at most, and found at a time. */
const MOST = 10_000
const FOUND_AT_ONCE = 1_000
/** Items whose sources are asked for at a time. */
const SOURCES_AT_ONCE = 100

const Query = Asked.extend({
  format: z.enum([...exportFormats.keys()] as [string, ...string[]]).openapi({
    description: 'ndjson and csv can be imported again; the others are those of single items, put together',
    example: 'ndjson',
  }),
})
type Formats = { [mediaType: string]: { schema: z.ZodType } }

/** What a media type holds, as far as the API's document says it: of lines, what one is. */
function shapeOf(mediaType: string): z.ZodType {
  if (mediaType.endsWith('ndjson')) return z.looseObject({})
  return mediaType.endsWith('json') ? z.array(z.looseObject({})) : z.string()
}

const route = createRoute({
  method: 'get',
  path: '/search/export',
  tags: ['Search'],
  operationId: 'exportSearch',
  summary: 'Take along what a search finds',
  description:
    'The first 10,000 of the items that a search finds, in its order and in one document. Where there are more, the header X-Cut-At says so: narrow the search, by year for example.',
  security: forAll,
  request: { query: Query },
  responses: {
    200: {
      description: 'The items',
      headers: {
        'X-Cut-At': { description: 'Items that are here, where more were found', schema: { type: 'integer' as const } },
      },
      content: Object.fromEntries(
        [...exportFormats.values()].map(({ mediaType }) => {
          const [type = ''] = mediaType.split(';', 1)
          return [type, { schema: shapeOf(type) }]
        }),
      ) as Formats,
    },
    ...problems({ 422: 'A parameter that cannot be, or a table that would be too wide' }),
  },
})

/** The API's route for taking found items along, below `/api/v1`. What is sent is read as fast as it is taken. */
export function searchExportRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  app.openAPIRegistry.registerPath(route)
  app.get('/search/export', async (c) => {
    const { tenant, log } = c.var
    const given = Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length > 1 ? values : values[0],
    ])
    const query = Query.safeParse(Object.fromEntries(given))
    if (!query.success) throw invalid(query.error)
    const { q, from, to, sort, format: named, ...chosen } = query.data
    const format = exportFormats.get(named) as NonNullable<ReturnType<typeof exportFormats.get>>
    const { numbers, more } = await findNumbers(c.var, { words: q, chosen, from, to, sort })
    const { name } = await tenant.settings()

    c.header('content-type', format.mediaType)
    c.header('content-disposition', `attachment; filename="search.${format.extension}"`)
    if (more) c.header('x-cut-at', String(numbers.length))
    if (c.req.method === 'HEAD') return c.body(null)
    const items = itemsOf(c.var, numbers, c.req.raw.signal)
    const texts = format.write(items, { url: tenant.url, name }, tenant.scratch.exports)
    return c.body(await streamOf(texts, (error) => log.error({ err: error }, 'export was cut off')))
  })
  return app
}

/** The numbers of the items that a search finds, in its order, and whether there are more. */
async function findNumbers({ tenant, actor }: Pick<Env['Variables'], 'tenant' | 'actor'>, asked: Search) {
  const numbers: number[] = []
  for (let after: string | undefined; ; ) {
    const size = Math.min(FOUND_AT_ONCE, MOST - numbers.length)
    const { results, next } = await search(tenant, actor, asked, { size, after, counts: false, bare: true })
    for (const { number } of results) numbers.push(number)
    if (next === undefined || numbers.length >= MOST) return { numbers, more: next !== undefined }
    after = next
  }
}

const turnsOf = new WeakMap<Tenant, Turns>()

/**
 * Turns at reading: an export goes on long after its request was answered, and many at once would leave readers no
 * connection. None is held while the one who takes it along is slow.
 */
function turnsAt(tenant: Tenant): Turns {
  const { connections } = tenant.limits
  const turns = turnsOf.get(tenant) ?? new Turns(Math.floor(connections / 2), Math.ceil(connections / 4))
  turnsOf.set(tenant, turns)
  return turns
}

async function* itemsOf(
  { tenant, actor, client }: Pick<Env['Variables'], 'tenant' | 'actor' | 'client'>,
  numbers: number[],
  gone: AbortSignal,
) {
  const turns = turnsAt(tenant)
  for (let at = 0; at < numbers.length; at += SOURCES_AT_ONCE) {
    const portion = numbers.slice(at, at + SOURCES_AT_ONCE)
    // Under what name a depositor brought an item is nobody's business but the staff's.
    const isStaff = may(actor, 'write')
    const sources = isStaff ? await sourcesOf(tenant, portion) : new Map<number, string>()
    const reading = readItems(tenant, actor, portion)
    for (;;) {
      const end = await turns.take(client, gone)
      if (!end) throw unavailable(new Busy('too many exports wait for their turn'))
      const { done, value: item } = await reading.next().finally(end)
      if (done) break
      yield {
        item,
        portable: portableRecord(item, isStaff ? (sources.get(item.number) ?? item.url) : undefined),
      } satisfies Exported
    }
  }
}

async function sourcesOf({ db }: Tenant, numbers: number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ number: number; source: string }>`
    select number, source from item where number = any (${numbers}) and source is not null`.execute(db)
  return new Map(rows.map(({ number, source }) => [number, source]))
}

/**
 * The texts as bytes, each when the one before has been taken. The first is there already: what cannot be written at all
 * can still be told by the status.
 *
 * @param cut is told why the rest does not come: the connection is cut then.
 */
async function streamOf(texts: AsyncIterable<string>, cut: (error: unknown) => void) {
  const encoder = new TextEncoder()
  const reading = texts[Symbol.asyncIterator]()
  const give = (controller: ReadableStreamDefaultController, { done, value }: IteratorResult<string>) =>
    done ? controller.close() : controller.enqueue(encoder.encode(value))
  const first = await reading.next()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => give(controller, first),
    async pull(controller) {
      const next = await reading.next().catch((error) => {
        cut(error)
        throw error
      })
      give(controller, next)
    },
    cancel: async () => void (await reading.return?.()),
  })
}
