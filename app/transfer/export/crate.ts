import { namesOf } from '../../items/index.ts'
import type { Notes } from '../../platform/zip/index.ts'
import type { Record } from '../../records/index.ts'
import type { Settings } from '../../tenancy/schema.ts'
import type { Institution } from '../form.ts'
import { type ExportedItem, encodePath } from './items.ts'
import { itemFolder, recordPath } from './paths.ts'
import type { Snapshot } from './snapshot.ts'

const VERSION = 'https://w3id.org/ro/crate/1.2'

type Entity = { '@id': string; '@type': string; [property: string]: unknown }

/**
 * The institution as RO-Crate 1.2: the repository is the root dataset, each public item a dataset in it with its files.
 * Items are noted as they come by: nobody holds tens of thousands of them. People are therefore entities of their
 * item, with their ORCID as `sameAs`, and not one for all items.
 *
 * @param notes two, empty
 */
export function openCrate(
  { institution }: Pick<Snapshot, 'institution'>,
  settings: Pick<Settings, 'name' | 'welcome' | 'contact'>,
  [parts, entities]: readonly [Notes, Notes],
) {
  const licences = new Set<string>()
  const text = (value: string) => Buffer.from(value)
  let first = true
  return {
    /** Notes an item that readers may see. */
    async add(exported: ExportedItem): Promise<void> {
      await parts.append(text(`${first ? '' : ','}\n{"@id":"${itemFolder(exported.item.number)}/"}`))
      first = false
      for (const entity of entitiesOf(exported, licences)) await entities.append(text(`,\n${JSON.stringify(entity)}`))
    },
    /** The metadata of the crate. */
    async *read(): AsyncGenerator<Uint8Array> {
      const [descriptor, publisher, root] = frame(institution, settings).map((entity) => JSON.stringify(entity))
      yield text(`{"@context":"${VERSION}/context","@graph":[\n${descriptor},\n${publisher},\n`)
      yield text(`${root?.slice(0, -1)},"hasPart":[`)
      yield* parts.read()
      yield text(']}')
      yield* entities.read()
      yield text('\n]}\n')
    },
  }
}

function frame({ url, takenAt }: Institution, settings: Pick<Settings, 'name' | 'welcome' | 'contact'>): Entity[] {
  const name = settings.name.en ?? settings.name.ja
  return [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: { '@id': VERSION },
      about: { '@id': './' },
    },
    { '@id': '#institution', '@type': 'Organization', name, email: settings.contact },
    {
      '@id': './',
      '@type': 'Dataset',
      name,
      ...(settings.name.en !== undefined && { alternateName: settings.name.ja }),
      description: settings.welcome?.en ?? settings.welcome?.ja ?? `Everything that the repository ${name} holds`,
      datePublished: takenAt.slice(0, 10),
      license: 'Each item says its own.',
      url,
      publisher: { '@id': '#institution' },
    },
  ]
}

/** An item, its files, and who made it. `licences` holds those that have an entity already. */
function* entitiesOf({ item, held }: ExportedItem, licences: Set<string>): Generator<Entity> {
  const { record, number } = item
  const folder = `${itemFolder(number)}/`
  const files = held.filter(({ current }) => current)
  const links = item.files.filter(({ access }) => access === 'link')
  const authors = record.creators.map((creator, index) => personOf(creator, `#${folder}creator-${index + 1}`))
  const rights = record.rights.flatMap(({ uri }) => uri ?? [])
  const said = (property: string, values: unknown[]) => (values.length > 0 ? { [property]: values } : {})
  yield {
    '@id': folder,
    '@type': 'Dataset',
    name: record.titles[0]?.value,
    ...said('alternateName', [...record.titles.slice(1), ...record.alternativeTitles].map(textOf)),
    ...said('description', record.descriptions.map(textOf)),
    datePublished: record.dates.find(({ type }) => type === 'Issued')?.value ?? item.publicationDate,
    ...said('author', authors.map(referTo)),
    ...said('license', rights.length > 0 ? rights.map((uri) => ({ '@id': uri })) : record.rights.map(textOf)),
    identifier: [item.url, ...[item.oaiIdentifier ?? []].flat(), ...record.identifiers.map(({ value }) => value)],
    ...said('keywords', record.subjects.map(textOf)),
    ...said('inLanguage', record.languages),
    conditionsOfAccess: item.access.right,
    url: item.url,
    hasPart: [recordPath(number), ...files.map(({ path }) => path)].map((path) => ({ '@id': encodePath(path) })),
    ...said(
      'distribution',
      links.map((_, index) => ({ '@id': `#${folder}link-${index + 1}` })),
    ),
  }
  yield* authors
  yield { '@id': recordPath(number), '@type': 'File', name: 'JPCOAR 2.1', encodingFormat: 'application/xml' }
  for (const { path, name, type, size, sha256 } of files)
    yield {
      '@id': encodePath(path),
      '@type': 'File',
      name,
      encodingFormat: type ?? 'application/octet-stream',
      contentSize: String(size),
      ...(sha256 && { sha256: sha256.slice(2) }),
    }
  for (const [index, { label, url }] of links.entries())
    yield { '@id': `#${folder}link-${index + 1}`, '@type': 'DataDownload', name: label, contentUrl: url }
  for (const uri of rights) {
    if (licences.has(uri)) continue
    licences.add(uri)
    const said = record.rights.find((each) => each.uri === uri)?.value
    yield { '@id': uri, '@type': 'CreativeWork', name: said || uri }
  }
}

function personOf(creator: Record['creators'][number], id: string): Entity {
  const orcid = creator.identifiers.find(({ scheme }) => scheme === 'ORCID')
  const affiliations = creator.affiliations.flatMap(({ names }) => names[0]?.value ?? [])
  const [name] = namesOf(creator)
  return {
    '@id': id,
    '@type': creator.names.some(({ type }) => type === 'Organizational') ? 'Organization' : 'Person',
    name: name?.value ?? '',
    ...(orcid && { sameAs: { '@id': `https://orcid.org/${orcid.value.replace(/^.*orcid\.org\//, '')}` } }),
    ...(affiliations.length > 0 && { affiliation: affiliations }),
  }
}

const textOf = ({ value }: { value: string }) => value
const referTo = ({ '@id': id }: Entity) => ({ '@id': id })
