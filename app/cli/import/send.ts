import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Response } from 'undici'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'
import { explain, failure } from '../talking.ts'
import type { Target } from '../target.ts'
import { zipFolder } from '../zip-folder.ts'
import type { CollectedRecord, CollectedStream } from './collect.ts'

/** What holds when a call breaks off. */
const REPORTED = 'What was reported until then is done.'

const Finding = z.object({ rule: z.string(), path: z.string(), message: z.string() })

/** What became of a record: a line of the answer. `source` is missing where the record did not say it. */
export const Outcome = z.object({
  source: z.string().nullable(),
  status: z.enum(['imported', 'updated', 'unchanged', 'withdrawn', 'rejected']),
  item: z.object({ number: z.int() }).optional(),
  warnings: z.array(Finding),
  errors: z.array(Finding),
})

export type Outcome = z.infer<typeof Outcome>

/** How an import is carried out. */
export interface Manner {
  /** Says what an import would do, and changes nothing. */
  check: boolean
  /** Waits between two tries of a call. */
  pause: (milliseconds: number) => Promise<unknown>
  /** Tells the person at the keyboard what goes on. */
  tell: (sentence: string) => void
}

/** Tries after which a call is given up that has come no further. */
const MOST_TRIES = 8
/** Milliseconds before the first further try, doubled for each after it, and before any. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000
/** The longest that is waited because the institution asks for it. */
const LONGEST_ASKED = 300_000
/** Answers that say "not now": still at work on the call, too many, a proxy without an application, unavailable. */
const NOT_NOW = [409, 429, 502, 503, 504]

/** Sends calls to an institution, and again those that break off. */
export function openSender(target: Target, manner: Manner) {
  /** Whether anybody has answered there yet. */
  let reached = false

  /** @throws PlainError if the whole call fails, in the institution's words. */
  async function* send(
    type: string,
    open: () => Readable,
    query: Record<string, string> = {},
  ): AsyncGenerator<Outcome> {
    // One for each call of each run: a later run is a new request, which is to be told how things are by then.
    const key = randomUUID()
    let told = 0
    for (let tries = 0; ; tries++) {
      try {
        // What is sent again with its key is answered from the beginning, as it was.
        let passed = 0
        for await (const outcome of sendOnce(type, open(), key, query)) {
          if (++passed <= told) continue
          told++
          tries = 0
          yield outcome
        }
        return
      } catch (error) {
        if (!(error instanceof BrokenOff) || tries === MOST_TRIES) throw error
        const pause = error.pause ?? Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE)
        manner.tell(`${error.message} Trying again in ${Math.ceil(pause / 1000)} s.`)
        await manner.pause(pause)
      }
    }
  }

  async function* sendOnce(
    type: string,
    body: Readable,
    key: string,
    query: Record<string, string>,
  ): AsyncGenerator<Outcome> {
    const { url, token } = target
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': `"${key}"` }
    const options = { method: 'POST', headers, body, duplex: 'half', redirect: 'manual' } as const
    try {
      const parameters = new URLSearchParams({ ...query, ...(manner.check && { mode: 'check' }) })
      const response = await fetchLocal(`${url}/api/v1/imports?${parameters}`, options)
      reached = true
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel()
        throw moved(url, response)
      }
      if (NOT_NOW.includes(response.status)) throw new BrokenOff(await explain(response), askedPause(response))
      if (!response.ok) throw new PlainError(await explain(response))
      for await (const line of linesOf(response)) yield Outcome.parse(JSON.parse(line))
    } catch (error) {
      // What undici throws when a connection cannot be made or breaks.
      throw error instanceof TypeError ? brokenBy(url, error, reached) : error
    } finally {
      body.destroy()
    }
  }

  return {
    /** Records with their files, packed while they are sent. */
    records: (records: CollectedRecord[]) => send('application/zip', () => packed(records)),
    stream: ({ disk, type, folder }: CollectedStream) =>
      send(type, () => (folder ? Readable.from(zipFolder(disk)) : createReadStream(disk))),
    /**
     * An answer of OAI-PMH with records.
     *
     * @param collections ids of those that new items are put into.
     */
    page: (page: Uint8Array, collections: string[]) =>
      send(
        'application/xml',
        () => Readable.from([page]),
        collections.length === 0 ? {} : { collections: collections.join(',') },
      ),
  }
}

function packed(records: CollectedRecord[]): Readable {
  const zip = new ZipFile()
  const body = zip.outputStream as Readable
  zip.on('error', (error) => body.destroy(error as Error))
  // Two records may name the same file; an archive holds it once. Most files are compressed already.
  const files = new Map(records.flatMap(({ files }) => files).map((file) => [file.path, file]))
  for (const { xml } of records) files.delete(xml.path)
  for (const { xml } of records) zip.addFile(xml.disk, xml.path)
  for (const { disk, path } of files.values()) zip.addFile(disk, path, { compress: false })
  zip.end()
  return body
}

/** What is sent is read once, and the token is for this address alone: neither is sent on. */
function moved(url: string, { status, headers }: Response): PlainError {
  const location = URL.parse(headers.get('location') ?? '', url)
  return new PlainError(
    location
      ? `${url} answers at ${location.origin} now (${status}). Name that address in KURA_URL.`
      : `${url} answered ${status}, and not where it is now.`,
  )
}

/** A call that is worth sending again. */
class BrokenOff extends PlainError {
  /** Milliseconds to wait first, where the institution says so. */
  readonly pause: number | undefined
  constructor(message: string, pause?: number) {
    super(message)
    this.pause = pause
  }
}

/** What `Retry-After` asks for (RFC 9110, section 10.2.3), in milliseconds. */
function askedPause({ headers }: Response): number | undefined {
  const asked = headers.get('retry-after')
  if (asked === null) return undefined
  const milliseconds = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now()
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), LONGEST_ASKED)
}

/** Why nothing came of a call, and whether it is worth sending again. */
function brokenBy(url: string, error: unknown, reached: boolean): PlainError {
  const { cause = error } = error as Error
  const { code, message } = cause as NodeJS.ErrnoException
  // A file that cannot be read is no fault of the connection.
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return new PlainError(message)
  if (code === 'ECONNREFUSED' && !reached) return failure(url, error, REPORTED)
  return new BrokenOff(`The connection to ${url} broke off (${message}). ${REPORTED}`)
}

/** Lines as they arrive. (`readline` also breaks them at U+2028, which JSON may hold.) */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
