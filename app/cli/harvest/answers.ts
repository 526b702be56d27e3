import { createHash } from 'node:crypto'
import { readOaiPmh, XmlError } from '../../records/index.ts'
import { PlainError } from '../plain-error.ts'

/** A page of a list, as far as whoever fetches it must know it. */
export interface Page {
  /** When the repository made it; nothing where it does not say so in a form that is one. */
  responseDate: Date | undefined
  errors: { code: string; message: string }[]
  records: number
  /** The same for pages of the same records. */
  digest: string
  /** Where the list goes on; nothing at its end. */
  token: string | undefined
}

/** @throws PlainError where the answer cannot be read to its end. */
export async function readPage(answer: Uint8Array): Promise<Page> {
  const page: Page = { responseDate: undefined, errors: [], records: 0, digest: '', token: undefined }
  const digest = createHash('sha256')
  for await (const part of partsOf(answer)) {
    if (part.kind === 'responseDate') page.responseDate = momentOf(part.text)
    if (part.kind === 'error') page.errors.push(part)
    if (part.kind === 'resumptionToken') page.token = part.token || undefined
    if (part.kind !== 'record') continue
    page.records += 1
    const { identifier, datestamp, deleted } = part.record
    digest.update(JSON.stringify([identifier, datestamp, deleted]))
  }
  // A page without records is told from others by where it leads alone.
  if (page.records === 0) digest.update(page.token ?? '')
  page.digest = digest.digest('base64')
  return page
}

/** @throws PlainError where the repository does not speak OAI-PMH 2.0. */
export async function readIdentify(answer: Uint8Array): Promise<Map<string, string>> {
  const said = new Map<string, string>()
  for await (const part of partsOf(answer)) {
    if (part.kind === 'error') throw refusedBy('Identify', part)
    if (part.kind === 'element') said.set(part.element.name.replace(/^oai:/, ''), part.element.text.trim())
  }
  if (said.get('protocolVersion') !== '2.0') throw new PlainError('The repository does not speak OAI-PMH 2.0.')
  return said
}

/** The prefixes of the formats that a repository has. */
export async function readPrefixes(answer: Uint8Array): Promise<string[]> {
  const prefixes: string[] = []
  for await (const part of partsOf(answer)) {
    if (part.kind === 'error') throw refusedBy('ListMetadataFormats', part)
    if (part.kind !== 'element') continue
    for (const { name, text } of part.element.children) if (name === 'oai:metadataPrefix') prefixes.push(text.trim())
  }
  return prefixes
}

/** In the protocol's words. */
export const refusedBy = (verb: string, { code, message }: { code: string; message: string }) =>
  new PlainError(`The repository refuses ${verb}: ${code}${message && `: ${message}`}`)

async function* partsOf(answer: Uint8Array) {
  try {
    yield* readOaiPmh([answer])
  } catch (error) {
    if (error instanceof XmlError) throw new PlainError(`The repository's answer ${error.message}.`)
    throw error
  }
}

function momentOf(text: string): Date | undefined {
  const moment = new Date(text)
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(moment.getTime()) ? moment : undefined
}
