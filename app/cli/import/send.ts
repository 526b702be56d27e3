import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Response } from 'undici'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'
import type { CollectedRecord, CollectedStream } from './collect.ts'

/** Where records go: an institution's address, and a token that may import there. */
export interface Target {
  url: string
  token: string
}

const Finding = z.object({ rule: z.string(), path: z.string(), message: z.string() })

/** What became of a record: a line of the answer. `source` is missing where the record did not say it. */
export const Outcome = z.object({
  source: z.string().nullable(),
  status: z.enum(['imported', 'updated', 'unchanged', 'withdrawn', 'rejected']),
  warnings: z.array(Finding),
  errors: z.array(Finding),
})

export type Outcome = z.infer<typeof Outcome>

/** Records with their files, packed while they are sent. */
export function sendRecords(target: Target, records: CollectedRecord[]): AsyncGenerator<Outcome> {
  const zip = new ZipFile()
  const body = zip.outputStream as Readable
  zip.on('error', (error) => body.destroy(error as Error))
  // Two records may name the same file; an archive holds it once. Most files are compressed already.
  const files = new Map(records.flatMap(({ files }) => files).map((file) => [file.path, file]))
  for (const { xml } of records) files.delete(xml.path)
  for (const { xml } of records) zip.addFile(xml.disk, xml.path)
  for (const { disk, path } of files.values()) zip.addFile(disk, path, { compress: false })
  zip.end()
  return send(target, 'application/zip', body)
}

export const sendStream = (target: Target, { disk, type }: CollectedStream): AsyncGenerator<Outcome> =>
  send(target, type, createReadStream(disk))

/**
 * An answer of OAI-PMH with records.
 *
 * @param collections ids of those that new items are put into.
 */
export const sendPage = (target: Target, page: Uint8Array, collections: string[]): AsyncGenerator<Outcome> =>
  send(target, 'application/xml', page, collections.length === 0 ? '' : `?collections=${collections.join(',')}`)

/** @throws PlainError if the whole call fails, in the institution's words. */
async function* send(
  { url, token }: Target,
  type: string,
  body: Readable | Uint8Array,
  query = '',
): AsyncGenerator<Outcome> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type }
  const options = { method: 'POST', headers, body, duplex: 'half' } as const
  const response = await fetchLocal(`${url}/api/v1/imports${query}`, options).catch((error) => {
    throw failure(url, error)
  })
  if (!response.ok) throw new PlainError(await explain(response))
  try {
    for await (const line of linesOf(response)) yield Outcome.parse(JSON.parse(line))
  } catch (error) {
    // What undici throws when a connection breaks.
    throw error instanceof TypeError ? failure(url, error) : error
  }
}

/** Why nothing came of a call. */
export function failure(url: string, error: unknown): PlainError {
  const { cause = error } = error as Error
  const { code, message } = cause as NodeJS.ErrnoException
  return code === 'ECONNREFUSED'
    ? new PlainError(`Nothing answers at ${url}. Is "npm start" running?`)
    : new PlainError(`The connection to ${url} broke off (${message}). What was reported until then is done.`)
}

const Problem = z.object({ title: z.string(), detail: z.string().optional() })

/** What an answer that is no success says. */
export async function explain(response: Response): Promise<string> {
  const text = await response.text()
  const said = response.headers.get('content-type')?.startsWith('application/problem+json')
  if (!said) return `${response.url} answered ${response.status} ${response.statusText}.`
  const { title, detail } = Problem.parse(JSON.parse(text))
  return detail === undefined ? title : `${title}: ${detail}`
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
