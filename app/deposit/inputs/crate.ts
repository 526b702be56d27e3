import { normalize } from 'node:path/posix'
import { jsonTooMuch, parseRecord } from '../../records/index.ts'
import { type Incoming, type IncomingFile, noFiles } from '../incoming.ts'
import { source } from '../parameters.ts'
import { refused } from './record-xml.ts'

/** Where RO-Crate 1.1 and 1.2 have their metadata, in the folder that is the crate. */
export const CRATE = 'ro-crate-metadata.json'

type Entity = { readonly [property: string]: unknown }

export interface Crate {
  incoming: Incoming
  /** Paths of the files that are its parts, as far as it could be read. */
  parts: ReadonlySet<string>
}

/**
 * Reads the root dataset of an RO-Crate as one record with its files: name, description, author or creator, date
 * published, licence, keywords, identifier, and the files that are its parts. Nothing else that a crate may say is
 * looked at; what it says of its parts stays with it.
 *
 * @param fileAt the file at a path in the crate
 */
export function readCrate(json: string, fileAt: (path: string) => IncomingFile | undefined): Crate {
  const files = { folder: new Map(), at: (path: string) => named(normalize(path), fileAt) }
  const wrong = (rule: string, message: string): Crate => ({ incoming: noCrate(rule, message), parts: new Set() })
  const message = jsonTooMuch(json)
  if (message) return wrong('record.size', message)
  let entities: Map<string, Entity>
  try {
    const graph = (JSON.parse(json) as { '@graph'?: unknown })['@graph']
    entities = new Map(listOf(graph).map((entity) => [String((entity as Entity)['@id']), entity as Entity]))
  } catch (error) {
    return wrong('crate.syntax', `cannot be read: ${(error as Error).message}`)
  }
  const descriptor = entities.get(CRATE) ?? entities.get(`./${CRATE}`)
  const root = entities.get(idOf(descriptor?.about) ?? './')
  if (!root) return wrong('crate.root', 'describes no root dataset')
  const identifiers = [...new Set(textsOf(root.identifier, entities))]
  // Every crate has its metadata under one name: only an identifier tells one from the next.
  const [identifier] = identifiers
  if (identifier === undefined) return wrong('crate.identifier', 'says no identifier of the root dataset: add one')
  const { data, error } = source.safeParse(identifier)
  if (data === undefined)
    return wrong('crate.identifier', `has an identifier that cannot be kept: ${error.issues[0]?.message}`)
  const reading = parseRecord(recordOf(root, entities, identifiers))
  const parts = partsOf(root, entities).map(({ uri }) => normalize(decoded(uri)).normalize('NFC'))
  return { incoming: { source: data, reading, files }, parts: new Set(parts) }
}

/** A crate that is refused before it can be read. */
export const noCrate = (rule: string, message: string): Incoming => ({
  source: undefined,
  reading: refused(rule, `${CRATE} ${message}`),
  files: noFiles,
})

function recordOf(root: Entity, entities: ReadonlyMap<string, Entity>, identifiers: string[]) {
  const texts = (value: unknown) => textsOf(value, entities).map((value) => ({ value }))
  const issued = textsOf(root.datePublished, entities)[0]?.slice(0, 10)
  return {
    titles: texts(root.name),
    type: { term: 'dataset' },
    descriptions: texts(root.description).map((text) => ({ ...text, type: 'Abstract' })),
    creators: listOf(root.author ?? root.creator).map((author) => creatorOf(author, entities)),
    ...(issued !== undefined && { dates: [{ value: issued, type: 'Issued' }] }),
    rights: listOf(root.license).map((licence) => {
      const [value] = textsOf(licence, entities)
      const uri = idOf(licence) ?? value
      return { value: value ?? uri, ...(uri && /^https?:/.test(uri) && { uri }) }
    }),
    subjects: texts(root.keywords).flatMap(({ value }) =>
      value.split(',').map((each) => ({ value: each.trim(), scheme: 'Other' })),
    ),
    identifiers: identifiers.flatMap((value) => {
      const doi = /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,}\/.+)$/i.exec(value)?.[1]
      if (doi !== undefined) return [{ value: `https://doi.org/${doi}`, type: 'DOI' }]
      return /^https?:/.test(value) ? [{ value, type: 'URI' }] : []
    }),
    files: partsOf(root, entities),
  }
}

/** The files that are parts of the root dataset itself. Those of datasets in it are for these to describe. */
function partsOf(root: Entity, entities: ReadonlyMap<string, Entity>) {
  return listOf(root.hasPart).flatMap((part) => {
    const id = idOf(part)
    const entity = id === undefined ? undefined : entities.get(id)
    if (id === undefined || !entity || !listOf(entity['@type']).includes('File')) return []
    const [label] = textsOf(entity.name, entities)
    const [mimeType] = listOf(entity.encodingFormat).filter((format) => typeof format === 'string')
    return [{ uri: id, ...(label !== undefined && { label }), ...(mimeType !== undefined && { mimeType }) }]
  })
}

function creatorOf(author: unknown, entities: ReadonlyMap<string, Entity>) {
  const id = idOf(author)
  const entity = id === undefined ? undefined : entities.get(id)
  const said = [id, ...textsOf(entity?.identifier, entities), ...textsOf(entity?.sameAs, entities)]
  const orcid = said.map((each) => /orcid\.org\/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/.exec(each ?? '')?.[1]).find(Boolean)
  return {
    names: textsOf(author, entities).map((value) => ({ value })),
    identifiers: orcid ? [{ value: orcid, scheme: 'ORCID', uri: `https://orcid.org/${orcid}` }] : [],
  }
}

/** The texts of a value: itself, or the value, name or id of what it refers to. */
function textsOf(value: unknown, entities: ReadonlyMap<string, Entity>): string[] {
  return listOf(value).flatMap((each) => {
    if (typeof each === 'string') return [each]
    if (typeof each !== 'object' || each === null) return []
    const entity = entities.get(idOf(each) ?? '') ?? (each as Entity)
    const said = [entity['@value'], entity.value, entity.name, entity['@id']].find((text) => typeof text === 'string')
    return said === undefined ? [] : [said as string]
  })
}

const listOf = (value: unknown): unknown[] => (value === undefined || value === null ? [] : [value].flat())

const idOf = (value: unknown): string | undefined => {
  const id = (value as Entity | null | undefined)?.['@id']
  return typeof id === 'string' ? id : undefined
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

function named(path: string, fileAt: (path: string) => IncomingFile | undefined) {
  const file = fileAt(path)
  return file && { name: path, file }
}
