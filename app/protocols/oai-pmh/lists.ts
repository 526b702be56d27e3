import { harvestedSets } from '../../collections/index.ts'
import { type Dissemination, type FeedEntry, type FeedRange, readFeed, readFeedItems } from '../../items/index.ts'
import { metadataFormats } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { readDatestamp, writeDatestamp } from './dates.ts'
import { refusal } from './refusal.ts'
import type { ListRequest } from './request.ts'
import { type Resumption, writeToken } from './token.ts'
import { element, inFirstLanguage, leaf } from './xml.ts'

/** Most members of a page. */
const PAGE = 100
/** Bytes of records after which a page ends, though it has one in any case. */
const LONGEST_PAGE = 5_000_000

/** A page of the headers of what there is to be harvested. */
export async function listIdentifiers(tenant: Tenant, list: ListRequest): Promise<string> {
  const { entries, more } = await readFeed(tenant, rangeOf(list), PAGE)
  if (entries.length === 0) throw list.after > 0 ? emptied() : await nothingFound(tenant, list)
  const end = more ? entries.at(-1) : undefined
  return element('ListIdentifiers', ...entries.map(header), ...resumption('ListIdentifiers', list, end?.seq))
}

/** A page of what there is to be harvested. */
export async function listRecords(tenant: Tenant, list: ListRequest): Promise<string> {
  const { entries, more, items } = await readFeedItems(tenant, rangeOf(list), PAGE)
  if (entries.length === 0) throw list.after > 0 ? emptied() : await nothingFound(tenant, list)
  const records: string[] = []
  let length = 0
  for (const entry of entries) {
    const written = record(entry, items.get(entry.item), list.metadataPrefix)
    length += Buffer.byteLength(written)
    if (records.length > 0 && length > LONGEST_PAGE) break
    records.push(written)
  }
  const end = more || records.length < entries.length ? entries[records.length - 1] : undefined
  return element('ListRecords', ...records, ...resumption('ListRecords', list, end?.seq))
}

/** A page of the collections that are harvested. */
export async function listSets(tenant: Tenant, after: number): Promise<string> {
  const [{ languages }, found] = await Promise.all([tenant.settings(), harvestedSets(tenant, after, PAGE + 1)])
  if (found.length === 0) throw after > 0 ? emptied() : noSets()
  const shown = found.slice(0, PAGE)
  const sets = shown.map(({ id, name }) =>
    element('set', leaf('setSpec', String(id)), leaf('setName', inFirstLanguage(name, languages))),
  )
  const end = found.length > PAGE ? shown.at(-1) : undefined
  return element('ListSets', ...sets, ...resumption('ListSets', { after }, end?.id))
}

/** An item in a format, or what is left of it. */
export function record(entry: FeedEntry, item: Dissemination | undefined, metadataPrefix: string): string {
  const write = metadataFormats.get(metadataPrefix)?.write
  if (!item || !write) return element('record', header(entry))
  return element('record', header(entry), element('metadata', write(item)))
}

function header({ identifier, datestamp, sets, live }: FeedEntry): string {
  return [
    live ? '<header>' : '<header status="deleted">',
    leaf('identifier', identifier),
    leaf('datestamp', writeDatestamp(datestamp)),
    ...sets.map((set) => leaf('setSpec', set)),
    '</header>',
  ].join('\n')
}

/** The token of the next page; an empty one at the end of a list that has been resumed. */
function resumption(
  verb: Resumption['verb'],
  asked: Omit<Resumption, 'verb' | 'after'> & { after: number },
  end: number | undefined,
): string[] {
  if (end !== undefined) return [leaf('resumptionToken', writeToken({ ...asked, verb, after: end }))]
  return asked.after > 0 ? [leaf('resumptionToken', '')] : []
}

function rangeOf({ after, from, until, set }: ListRequest): FeedRange {
  return {
    after,
    set,
    from: from === undefined ? undefined : readDatestamp(from)?.begins,
    before: until === undefined ? undefined : readDatestamp(until)?.ends,
  }
}

/** An empty list is none that the protocol knows. */
async function nothingFound(tenant: Tenant, { set }: ListRequest) {
  if (set !== undefined && (await harvestedSets(tenant, 0, 1)).length === 0) return noSets()
  return refusal('noRecordsMatch', 'There is nothing that matches.')
}

/** What was left of a list when its last page was given has changed since: the next list has it. */
const emptied = () => refusal('badResumptionToken', 'There is nothing left of this list: what was has changed since.')

const noSets = () => refusal('noSetHierarchy', 'This repository has no sets.')
