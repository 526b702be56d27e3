import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import { importOne } from './import-one.ts'
import type { Incoming, Outcome } from './incoming.ts'
import { acceptedTypes, inputOf } from './inputs/index.ts'
import { type StorageRoom, storageRoom } from './storage-room.ts'

const GIB = 2 ** 30

/** `POST /imports`, below `/api/v1`: records in, a line of JSON for each out, in order and as it happens. */
export function importRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/imports', async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
    const input = inputOf(type)
    if (!input)
      throw new Problem(
        415,
        'Unsupported media type',
        `${type ?? 'Nothing'} was sent; understood are ${acceptedTypes.join(', ')}.`,
      )
    const limit = c.var.tenant.limits.upload * GIB
    const records = input.read({ body: body(c, limit), limit, query: c.req.query() })
    // Whether the body can be read at all shows with the first record: before the answer begins.
    const first = await records.next()
    const allowed = first.done || !first.value.restore || may(c.var.actor, 'transfer')
    if (!allowed) await records.return(undefined)
    demand(c.var.actor, allowed)
    return await answer(c, resumed(first, records))
  })
  return app
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** Answers with a line for each record, once it is imported and before the next is read. */
async function answer(c: Context<Env>, records: AsyncIterable<Incoming>): Promise<Response> {
  const room = await storageRoom(c.var.tenant)
  c.header('content-type', 'application/x-ndjson')
  c.header('cache-control', 'no-store')
  // A proxy must not hold lines back (nginx's name for it).
  c.header('x-accel-buffering', 'no')
  return c.body(
    ReadableStream.from(outcomes(c.var, records, room)).pipeThrough(new TextEncoderStream()) as ReadableStream,
  )
}

async function* outcomes(
  { tenant, actor, log }: Env['Variables'],
  records: AsyncIterable<Incoming>,
  room: StorageRoom,
): AsyncGenerator<string> {
  const seen = new Set<string>()
  try {
    for await (const incoming of records) {
      const outcome = incoming.restore
        ? await incoming.restore(tenant, room)
        : (duplicate(incoming, seen) ?? (await importOne(tenant, actor, incoming, room)))
      yield `${JSON.stringify(outcome)}\n`
    }
  } catch (error) {
    // The answer has begun, so its status cannot say it: the connection is cut, and what was answered holds.
    log.error({ err: error }, 'import was cut off')
    throw error
  }
}

function duplicate({ source, reading }: Incoming, seen: Set<string>): Outcome | undefined {
  if (source === undefined) return undefined
  if (!seen.has(source)) {
    seen.add(source)
    return undefined
  }
  const error = { rule: 'import.duplicate', path: 'source', message: `${source} came twice in this call` }
  return { source, status: 'rejected', warnings: reading.warnings, errors: [error] }
}

/**
 * The body as it arrives.
 *
 * @throws Problem 413 when it grows past `limit` bytes.
 */
async function* body(c: Context<Env>, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of Readable.fromWeb((c.req.raw.body ?? new ReadableStream()) as never)) {
    bytes += chunk.length
    if (bytes > limit) throw new Problem(413, 'Too large', `The body may have ${limit} bytes at most.`)
    yield chunk
  }
}
