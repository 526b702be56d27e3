import type { Client } from '@elastic/elasticsearch'
import { Unavailable } from '../../platform/unavailable.ts'
import { type Ask, LONGEST } from './connection.ts'

/** Bytes of a request: the server takes one apart on one core. A document that is larger is one by itself. */
const REQUEST = 2 ** 19
/** Requests under way at a time: while one is written, the next is made. */
const AT_ONCE = 2
/** A server with too much to do says so, and is asked again so often, after so many milliseconds. */
const TRIES = 5
const PAUSE = 1_000

/** The place of a document in the order of changes; none where it is to be the first. */
export type Version = { if_seq_no: number; if_primary_term: number }

export interface Write {
  id: string
  /** What the document is as a whole (`index`), or what of it changes (`update`). */
  kind: 'index' | 'update'
  body: object
  /** What it was when it was read. Another that has been written since is not overwritten. */
  version?: Version | undefined
}

/**
 * Writes documents in requests of bounded size.
 *
 * @returns the ids of those that somebody else has written since they were read.
 * @throws Unavailable if the server has too much to do; Error if it does not take a document.
 */
export async function write(
  ask: Ask,
  index: string,
  writes: Iterable<Write> | AsyncIterable<Write>,
): Promise<Set<string>> {
  const overtaken = new Set<string>()
  let refused: { status: number; id: string; reason: string } | undefined
  await ask((client: Client) =>
    client.helpers.bulk<Write>(
      {
        datasource: streamOf(writes),
        onDocument: ({ id, kind, body, version }) => {
          const where = { _index: index, _id: id, ...version }
          if (kind === 'update') return [{ update: where }, { doc: body }]
          return version ? [{ index: where }, body] : [{ create: where }, body]
        },
        onDrop({ status, error, operation }) {
          const { _id: id = '' } = Object.values(operation)[0] ?? {}
          if (status === 409) overtaken.add(id)
          else refused ??= { status, id, reason: error?.reason ?? 'too much to do' }
        },
        flushBytes: REQUEST,
        concurrency: AT_ONCE,
        retries: TRIES,
        wait: PAUSE,
      },
      // A long thesis takes a while to be taken apart.
      { requestTimeout: LONGEST },
    ),
  )
  if (!refused) return overtaken
  const message = `${refused.id} was not written: ${refused.reason}`
  throw [403, 404, 429, 503].includes(refused.status) ? new Unavailable(message) : new Error(message)
}

async function* streamOf(writes: Iterable<Write> | AsyncIterable<Write>): AsyncGenerator<Write> {
  yield* writes
}

/** Documents as they are at this very moment, searchable or not, by id. */
export async function readPresent<T>(
  ask: Ask,
  index: string,
  ids: string[],
  fields: string[],
): Promise<Map<string, { source: T; version: Version }>> {
  if (ids.length === 0) return new Map()
  const { docs } = await ask((client) => client.mget<T>({ index, ids, _source: fields }, { requestTimeout: LONGEST }))
  return new Map(
    docs.flatMap((doc) => {
      if ('error' in doc) throw new Error(`${doc._id} could not be read: ${doc.error.reason}`)
      if (!doc.found || doc._source === undefined) return []
      const version = { if_seq_no: doc._seq_no as number, if_primary_term: doc._primary_term as number }
      return [[doc._id, { source: doc._source, version }] as const]
    }),
  )
}
