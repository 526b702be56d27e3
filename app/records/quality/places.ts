import type { Contributor, Creator, Record, Text } from '../model.ts'

/** The places of a record that several rules look at. */

/** A value of the record with its path, such as `creators[1].names[0]`. */
export interface Placed<T> {
  path: string
  value: T
}

/** The members of a list, each with its path. */
export function* each<T>(path: string, list: readonly T[]): Generator<Placed<T>> {
  for (const [index, value] of list.entries()) yield { path: `${path}[${index}]`, value }
}

type Agent = Omit<Creator | Contributor, 'type'>

/** Creators and contributors. */
export function* agents({ creators, contributors, catalog }: Record): Generator<Placed<Agent>> {
  yield* each<Agent>('creators', creators)
  yield* each<Agent>('contributors', contributors)
  yield* each<Agent>('catalog.contributors', catalog?.contributors ?? [])
}

/** Affiliations, rights holders and degree grantors. */
export function* organisations(record: Record): Generator<Placed<Creator['affiliations'][number]>> {
  for (const { path, value } of agents(record)) yield* each(`${path}.affiliations`, value.affiliations)
  yield* each('rightsHolders', record.rightsHolders)
  yield* each('degreeGrantors', record.degreeGrantors)
}

/** An identifier of a person or an organisation, whatever element it stands in. */
interface SchemedIdentifier {
  value: string
  scheme: string
  uri?: string | undefined
}

/** Identifiers of agents, organisations, the holding agent and funders. */
export function* nameIdentifiers(record: Record): Generator<Placed<SchemedIdentifier>> {
  for (const { path, value } of agents(record)) yield* each(`${path}.identifiers`, value.identifiers)
  for (const { path, value } of organisations(record)) yield* each(`${path}.identifiers`, value.identifiers)
  const holder = record.holdingAgent?.identifier
  if (holder) yield { path: 'holdingAgent.identifier', value: holder }
  for (const { path, value } of each('fundingReferences', record.fundingReferences)) {
    const funder = value.funderIdentifier
    if (funder) yield { path: `${path}.funderIdentifier`, value: { value: funder.value, scheme: funder.type } }
  }
}

/** Identifiers of the resource itself. */
export function* ownIdentifiers({ identifiers, catalog }: Record): Generator<Placed<Record['identifiers'][number]>> {
  yield* each('identifiers', identifiers)
  yield* each('catalog.identifiers', catalog?.identifiers ?? [])
}

/** Identifiers of other resources: of related ones, and of the journal or book that this one is part of. */
export function* otherIdentifiers(record: Record): Generator<Placed<{ value: string; type: string }>> {
  for (const { path, value } of each('relations', record.relations)) {
    if (value.identifier) yield { path: `${path}.identifier`, value: value.identifier }
  }
  yield* each('sourceIdentifiers', record.sourceIdentifiers)
}

/** What the record says of its files. */
export function* files({ files, catalog }: Record): Generator<Placed<Record['files'][number]>> {
  yield* each('files', files)
  if (catalog?.file) yield { path: 'catalog.file', value: catalog.file }
}

/** Texts that stand side by side in one element of the model. */
interface Texts {
  path: string
  texts: readonly Text[]
  kind: 'title' | 'name' | 'description'
  /** Whether they say one thing in several languages, rather than several things. */
  parallel: boolean
}

/** Titles, names and descriptions: what readers see first, and aggregators sort and search by language. */
export function* texts(record: Record): Generator<Texts> {
  const named = (kind: Texts['kind'], parallel: boolean) => (path: string, texts: readonly Text[]) => ({
    path,
    texts,
    kind,
    parallel,
  })
  const title = named('title', true)
  const name = named('name', true)

  yield title('titles', record.titles)
  yield named('title', false)('alternativeTitles', record.alternativeTitles)
  for (const { path, value } of agents(record)) {
    yield name(`${path}.names`, value.names)
    yield name(`${path}.familyNames`, value.familyNames)
    yield name(`${path}.givenNames`, value.givenNames)
    yield named('name', false)(`${path}.alternativeNames`, value.alternativeNames)
  }
  for (const { path, value } of organisations(record)) yield name(`${path}.names`, value.names)
  yield named('description', false)('descriptions', record.descriptions)
  yield named('name', false)('publishers', record.publishers)
  for (const { path, value } of each('publisherDetails', record.publisherDetails))
    yield name(`${path}.names`, value.names)
  for (const { path, value } of each('relations', record.relations)) yield title(`${path}.titles`, value.titles)
  for (const { path, value } of each('fundingReferences', record.fundingReferences)) {
    yield name(`${path}.funderNames`, value.funderNames)
    yield name(`${path}.streams`, value.streams)
    yield title(`${path}.awardTitles`, value.awardTitles)
  }
  yield named('title', false)('volumeTitles', record.volumeTitles)
  if (record.holdingAgent) yield name('holdingAgent.names', record.holdingAgent.names)
  yield title('sourceTitles', record.sourceTitles)
  yield name('degreeNames', record.degreeNames)
  for (const { path, value } of each('conferences', record.conferences)) yield name(`${path}.names`, value.names)
  yield title('catalog.titles', record.catalog?.titles ?? [])
}

/** Every language that something in the record says it is in, wherever it stands. */
export function languages(record: Record): Placed<string>[] {
  const found: Placed<string>[] = []
  const visit = (value: object, path: string) => {
    for (const [field, part] of Object.entries(value)) {
      if (field === 'lang' && typeof part === 'string') found.push({ path: `${path}.lang`, value: part })
      else if (Array.isArray(part)) {
        for (const [index, member] of part.entries()) {
          if (typeof member === 'object') visit(member, `${path}.${field}[${index}]`)
        }
      } else if (typeof part === 'object') visit(part, `${path}.${field}`)
    }
  }
  visit(record, '')
  return found.map(({ path, value }) => ({ path: path.slice(1), value }))
}
