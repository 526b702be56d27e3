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
  status: z.enum(['imported', 'updated', 'unchanged', 'rejected']),
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

export const sendStream = (target: Target, { disk, type, folder }: CollectedStream): AsyncGenerator<Outcome> =>
  send(target, type, folder ? Readable.from(zipFolder(disk)) : createReadStream(disk))

/** @throws PlainError if the whole call fails, in the institution's words. */
async function* send({ url, token }: Target, type: string, body: Readable): AsyncGenerator<Outcome> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type }
  const options = { method: 'POST', headers, body, duplex: 'half' } as const
  const response = await fetchLocal(`${url}/api/v1/imports`, options).catch((error) => {
    throw failure(url, error, REPORTED)
  })
  if (!response.ok) throw new PlainError(await explain(response))
  try {
    for await (const line of linesOf(response)) yield Outcome.parse(JSON.parse(line))
  } catch (error) {
    // What undici throws when a connection breaks.
    throw error instanceof TypeError ? failure(url, error, REPORTED) : error
  }
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
