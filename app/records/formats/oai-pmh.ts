import type { SaxesTagNS } from 'saxes'
import type { Reading } from '../findings.ts'
import { PREFIXES as JPCOAR_PREFIXES, readJpcoarTree } from './jpcoar/index.ts'
import { OAI_DC, readOaiDcTree } from './oai-dc/index.ts'
import { decode, decoderFor, ENCODING_KNOWN, strictParser, type XmlElement, XmlError, XmlTree } from './xml.ts'

/** Namespace of OAI-PMH's answers. */
const OAI_PMH = 'http://www.openarchives.org/OAI/2.0/'

/** The formats in which records can be read, by the prefix that repositories know them by, the best first. */
export const READABLE_PREFIXES = ['jpcoar_2.1', 'jpcoar_2.0', 'jpcoar', 'jpcoar_1.0', 'oai_dc'] as const

/** What an answer of OAI-PMH says (OAI-PMH 2.0, section 3.2), part by part as it is read. */
export type OaiPart =
  | { kind: 'responseDate'; text: string }
  | { kind: 'error'; code: string; message: string }
  /** The verb that is answered: what follows belongs to it. */
  | { kind: 'verb'; verb: string }
  | { kind: 'record'; record: OaiRecord }
  /** Empty at the end of a list. */
  | { kind: 'resumptionToken'; token: string }
  /** Anything else that belongs to the verb: of Identify and ListMetadataFormats, each element. */
  | { kind: 'element'; element: XmlElement }

/** A record of a list. */
export interface OaiRecord {
  /** Empty where the record names none, or is too large to be read up to it. */
  identifier: string
  datestamp: string
  deleted: boolean
  sets: string[]
  /** Reads the metadata. Of a deleted record there is none, which is an error like any other. */
  read(): Reading
}

const PREFIXES = new Map([...JPCOAR_PREFIXES, [OAI_DC.namespace, 'oai_dc'], [OAI_PMH, 'oai']])

/** Bytes that are parsed before what they held is handed on: it bounds the records that wait. */
const PIECE = 64 * 1024

/**
 * Characters of one text, tag or comment at most: a parser holds all of it before anybody hears of it. It is more than a
 * whole record may have, so that a record with too much in it is refused by itself.
 */
const LONGEST_PART = 20_000_000

/**
 * Reads an answer of OAI-PMH as it arrives: of a list of any length, one record is held at a time (and those that end
 * in the same 64 KiB). A record with whose metadata something is wrong says so in its reading and stops no other.
 * `about` containers and `xsi` attributes are passed over.
 *
 * @throws XmlError where the document is malformed, has a DOCTYPE or a text that does not end, or is no answer of
 * OAI-PMH; what was read before it has been yielded.
 */
export async function* readOaiPmh(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<OaiPart> {
  const parts: OaiPart[] = []
  let unheard = 0
  const parser = parserInto(parts, () => {
    unheard = 0
  })
  const parse = (text: string) => {
    unheard += text.length
    parser.write(text)
    if (unheard > LONGEST_PART) throw new XmlError('xml.size', `has a text of more than ${LONGEST_PART} characters`)
  }
  function* found(step: () => unknown) {
    try {
      step()
    } finally {
      yield* parts.splice(0)
    }
  }
  let beginning: Uint8Array | undefined = new Uint8Array()
  let decoder: ReturnType<typeof decoderFor> | undefined
  for await (const chunk of bytes) {
    let rest = chunk
    if (!decoder) {
      beginning = Buffer.concat([beginning as Uint8Array, chunk])
      if (beginning.length < ENCODING_KNOWN) continue
      decoder = decoderFor(beginning)
      rest = beginning
      beginning = undefined
    }
    for (let at = 0; at < rest.length; at += PIECE) {
      const text = decode(decoder, rest.subarray(at, at + PIECE), { stream: true })
      yield* found(() => parse(text))
    }
  }
  const last = beginning ?? new Uint8Array()
  const text = decode(decoder ?? decoderFor(last), last)
  yield* found(() => parser.write(text).close())
}

/** Whether a document that begins with these bytes is an answer of OAI-PMH. */
export function isOaiPmh(beginning: Uint8Array): boolean {
  let root: SaxesTagNS | undefined
  const parser = strictParser()
  parser.on('opentag', (tag) => {
    root ??= tag
  })
  try {
    const text = decode(decoderFor(beginning), beginning, { stream: true })
    for (let at = 0; root === undefined && at < text.length; at += 1024) parser.write(text.slice(at, at + 1024))
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
  }
  return root?.uri === OAI_PMH && root.local === 'OAI-PMH'
}

/** A parser that adds to `parts` what it finds, and says when it has come to the end of a text, tag or comment. */
function parserInto(parts: OaiPart[], heard: () => void) {
  const parser = strictParser()
  /** Names of the envelope's elements that are open, and the tree of one that is read as a whole. */
  const path: string[] = []
  let tree: XmlTree | undefined
  let header: XmlElement | undefined
  let metadata: XmlTree | undefined

  const closed = (closing: XmlTree) => {
    const [, , , inRecord] = path
    if (inRecord === 'header') header = closing.reading?.root
    else if (inRecord === 'metadata') metadata ??= closing
    // An element of the envelope that is too large to be one says nothing.
    else if (path.length <= 3 && closing.reading) parts.push(partOf(closing.reading.root))
  }

  parser.on('opentag', (tag) => {
    heard()
    if (tree) return tree.open(tag)
    path.push(tag.uri === OAI_PMH ? tag.local : `{${tag.uri}}${tag.local}`)
    if (path.length === 1) mustBeOaiPmh(tag)
    if (isContainer(path)) {
      if (path.length === 2) parts.push({ kind: 'verb', verb: tag.local })
      return
    }
    tree = new XmlTree(PREFIXES)
    tree.open(tag)
  })
  const append = (text: string) => {
    heard()
    tree?.append(text)
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('comment', heard)
  parser.on('processinginstruction', heard)
  parser.on('closetag', () => {
    heard()
    if (tree) {
      if (!tree.close()) return
      closed(tree)
      tree = undefined
    } else if (path.length === 3) {
      parts.push({ kind: 'record', record: recordOf(header, metadata) })
      header = undefined
      metadata = undefined
    }
    path.pop()
  })
  return parser
}

function mustBeOaiPmh({ name, uri, local }: SaxesTagNS) {
  if (uri !== OAI_PMH || local !== 'OAI-PMH')
    throw new XmlError('oai-pmh.root', `is no answer of OAI-PMH 2.0: it begins with <${name}>`)
}

/** Whether an element is not read as a whole: the answer, its verb, a record and a record's `metadata`. */
function isContainer(path: string[]): boolean {
  const [, inAnswer = '', inVerb, inRecord] = path
  switch (path.length) {
    case 1:
      return true
    case 2:
      return !['responseDate', 'request', 'error'].includes(inAnswer)
    case 3:
      return inVerb === 'record'
    case 4:
      return inRecord === 'metadata'
    default:
      return false
  }
}

function partOf(element: XmlElement): OaiPart {
  const text = element.text.trim()
  switch (element.name) {
    case 'oai:responseDate':
      return { kind: 'responseDate', text }
    case 'oai:error':
      return { kind: 'error', code: element.attributes.get('code') ?? '', message: text }
    case 'oai:resumptionToken':
      return { kind: 'resumptionToken', token: text }
    default:
      return { kind: 'element', element }
  }
}

function recordOf(header: XmlElement | undefined, metadata: XmlTree | undefined): OaiRecord {
  const texts = (name: string) =>
    (header?.children ?? []).filter((child) => child.name === `oai:${name}`).map(({ text }) => text.trim())
  return {
    identifier: texts('identifier')[0] ?? '',
    datestamp: texts('datestamp')[0] ?? '',
    deleted: header?.attributes.get('status') === 'deleted',
    sets: texts('setSpec'),
    read: () => readMetadata(metadata),
  }
}

function readMetadata(metadata: XmlTree | undefined): Reading {
  const refused = (rule: string, message: string): Reading => ({
    record: undefined,
    errors: [{ rule, path: '/', message }],
    warnings: [],
  })
  if (metadata?.refusal) return refused(metadata.refusal.rule, metadata.refusal.message)
  if (!metadata?.reading) return refused('oai-pmh.metadata', 'has no metadata')
  const { root, namespace } = metadata.reading
  return namespace === OAI_DC.namespace ? readOaiDcTree(root) : readJpcoarTree({ root, namespace })
}
