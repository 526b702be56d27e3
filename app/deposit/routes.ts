import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import { readJpcoar } from '../records/index.ts'
import { importOne } from './import-one.ts'
import { type Incoming, noFiles, type Outcome } from './incoming.ts'
import { readNdjson } from './ndjson.ts'
import { oaiIdentifier, publicationDate, source } from './parameters.ts'
import { type StorageRoom, storageRoom } from './storage-room.ts'
import { LONGEST_XML } from './xml.ts'
import { readZip } from './zip.ts'

const GIB = 2 ** 30

const Query = z.strictObject({
  source,
  number: z.coerce.number().int().min(1).max(99_999_999).optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
})

/** `POST /imports`, below `/api/v1`: records in, a line of JSON for each out, in order and as it happens. */
export function importRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/imports', async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
    switch (type) {
      case 'application/xml':
      case 'text/xml':
        return answer(c, await readOne(c))
      case 'application/x-ndjson':
        return answer(c, readNdjson(body(c, c.var.tenant.limits.upload * GIB)))
      case 'application/zip':
        return await answerZip(c)
      default:
        throw new Problem(
          415,
          'Unsupported media type',
          `${type ?? 'Nothing'} was sent; application/xml, application/x-ndjson and application/zip are understood.`,
        )
    }
  })
  return app
}

async function readOne(c: Context<Env>): Promise<Incoming[]> {
  const query = Query.safeParse(c.req.query())
  if (!query.success) throw new Problem(422, 'Invalid', z.prettifyError(query.error))
  const chunks = await Array.fromAsync(body(c, LONGEST_XML))
  return [{ ...query.data, reading: readJpcoar(Buffer.concat(chunks)), files: noFiles }]
}

async function answerZip(c: Context<Env>): Promise<Response> {
  const limit = c.var.tenant.limits.upload * GIB
  const archive = await openScratch()
  try {
    await archive.writeFile(body(c, limit))
    const records = readZip(archive.fd, { bytes: limit * 4 })
    // Whether it is an archive at all shows when its directory is read: before the answer begins.
    const first = await records.next()
    return await answer(c, resumed(first, records), () => archive.close())
  } catch (error) {
    await archive.close()
    throw error
  }
}

/** A file without a name: it is gone when it is closed, also by a process that is killed. */
async function openScratch(): Promise<FileHandle> {
  const path = join(tmpdir(), `kura-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
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
async function answer(
  c: Context<Env>,
  records: Iterable<Incoming> | AsyncIterable<Incoming>,
  end: () => Promise<void> = async () => {},
): Promise<Response> {
  const room = await storageRoom(c.var.tenant)
  c.header('content-type', 'application/x-ndjson')
  c.header('cache-control', 'no-store')
  // A proxy must not hold lines back (nginx's name for it).
  c.header('x-accel-buffering', 'no')
  return c.body(
    ReadableStream.from(outcomes(c.var, records, room, end)).pipeThrough(new TextEncoderStream()) as ReadableStream,
  )
}

async function* outcomes(
  { tenant, actor, log }: Env['Variables'],
  records: Iterable<Incoming> | AsyncIterable<Incoming>,
  room: StorageRoom,
  end: () => Promise<void>,
): AsyncGenerator<string> {
  const seen = new Set<string>()
  try {
    for await (const incoming of records) {
      const outcome = duplicate(incoming, seen) ?? (await importOne(tenant, actor, incoming, room))
      yield `${JSON.stringify(outcome)}\n`
    }
  } catch (error) {
    // The answer has begun, so its status cannot say it: the connection is cut, and what was answered holds.
    log.error({ err: error }, 'import was cut off')
    throw error
  } finally {
    await end()
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
