import type { Dissemination } from '../../../items/dissemination.ts'
import type { Contributor, Creator, Record, Text } from '../../model.ts'
import { mainLanguage, preferred } from '../../texts.ts'
import type { ResourceType } from '../../vocabularies.ts'
import { compact } from '../compact.ts'
import { workDate } from '../dates.ts'
import { doiOf, isbnsOf, issnsOf } from '../identifiers.ts'
import { tagOf } from '../language-tags.ts'
import { nameIn, oneLine } from '../names.ts'
import { type Repository, repositoryName } from '../repository.ts'
import { keywordsOf } from '../subjects.ts'
import { elsewhere } from '../types.ts'
import type { CslDate, CslItem, CslName } from './item.ts'

/**
 * What CSL can say of an item.
 *
 * @param language in which names and titles are wanted where the record has them; without it, the record's own first.
 */
export function cslOf(
  item: Dissemination,
  repository: Repository,
  language: string | undefined = mainLanguage(item.record.titles),
): CslItem {
  const { record } = item
  const { csl: type } = elsewhere[record.type.term]
  const text = (texts: readonly Text[]) => oneLine(preferred(texts, language)?.value ?? '') || undefined
  const people = (agents: readonly (Creator | Contributor)[]) => namesIn(agents, language)
  const byRole = (role: Contributor['type']) => people(record.contributors.filter((each) => each.type === role))
  const [conference] = record.conferences
  const [detail] = record.publisherDetails
  const degree = type === 'thesis' ? text(record.degreeGrantors.flatMap(({ names }) => names)) : undefined
  const isOurs = type === 'dataset' || type === 'software'
  return compact<{ [name in keyof CslItem]: CslItem[name] | undefined }>({
    id: citationKey(item, repository),
    type,
    title: text(record.titles),
    author: people(record.creators),
    editor: byRole('Editor'),
    translator: byRole('Translator'),
    issued: dateOf(workDate(record) ?? item.publicationDate),
    genre: language === 'ja' ? (GENRES_JA[record.type.term] ?? GENRES[record.type.term]) : GENRES[record.type.term],
    'container-title': text(record.sourceTitles) ?? text(titlesOf(record, 'isPartOf')),
    'collection-title': text(titlesOf(record, 'inSeries')),
    volume: record.volume,
    issue: record.issue,
    page: pagesOf(record),
    'page-first': record.pageStart,
    'number-of-pages': record.numPages,
    edition: text(record.editions),
    version: record.version,
    number: record.dissertationNumber,
    publisher:
      degree ??
      text([...record.publishers, ...(detail?.names ?? [])]) ??
      (isOurs ? repositoryName(repository, language) : undefined),
    'publisher-place': text(detail?.locations ?? []) ?? detail?.places[0],
    'event-title': text(conference?.names ?? []),
    'event-place': text(conference?.places ?? []),
    'event-date': conference?.date && eventDate(conference.date),
    DOI: doiOf(record),
    URL: item.url,
    ISBN: isbnsOf(record).join(' '),
    ISSN: issnsOf(record).join(' '),
    abstract: preferred(
      record.descriptions.filter((description) => description.type === 'Abstract'),
      language,
    )?.value,
    keyword: keywordsOf(record).join(', '),
    language: record.languages[0] === undefined ? language : tagOf(record.languages[0]),
    source: repositoryName(repository, language),
  }) as CslItem
}

/** The item as CSL-JSON has it: a list of one, since its schema is for lists. */
export const writeCslJson = (item: Dissemination, repository: Repository): string =>
  `${JSON.stringify([cslOf(item, repository)], null, 2)}\n`

/**
 * The key of an item in a bibliography: `repository.example:7`, `repository.example:7v2` for a version. It is made of
 * nothing that is ever edited, and is ASCII.
 */
function citationKey({ number, oaiIdentifier, version }: Dissemination, { url }: Repository): string {
  const host = oaiIdentifier?.split(':')[1] ?? new URL(url).hostname
  return `${host}:${number}${version ? `v${version.version}` : ''}`
}

function namesIn(agents: readonly (Creator | Contributor)[], language: string | undefined): CslName[] {
  return agents.flatMap((agent) => {
    const name = nameIn(agent, language)
    if (!name) return []
    const { family, given } = name
    return family !== undefined && given !== undefined ? { family, given } : { literal: name.whole }
  })
}

const titlesOf = ({ relations }: Record, wanted: Record['relations'][number]['type']) =>
  relations.filter(({ type }) => type === wanted).flatMap(({ titles }) => titles)

/** "34-57"; one page where it is the only one that is said. */
function pagesOf({ pageStart, pageEnd }: Record): string | undefined {
  return [...new Set([pageStart, pageEnd])].filter((page) => page !== undefined).join('-')
}

const dateOf = (day: string): CslDate => ({ 'date-parts': [day.split('-').map(Number)] })

function eventDate(date: NonNullable<Record['conferences'][number]['date']>): CslDate | undefined {
  const { startYear, startMonth, startDay, endYear, endMonth, endDay } = date
  const parts = [known(startYear, startMonth, startDay), known(endYear, endMonth, endDay)].filter(
    ({ length }) => length,
  )
  return parts.length > 0 ? { 'date-parts': parts } : undefined
}

const known = (...parts: (number | undefined)[]) =>
  parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : undefined) as number[]

/** What kind within its type. */
const GENRES: { readonly [type in ResourceType]?: string } = {
  'bachelor thesis': 'Bachelor’s thesis',
  'master thesis': 'Master’s thesis',
  'doctoral thesis': 'Doctoral thesis',
  'conference poster': 'Poster',
  'conference presentation': 'Presentation',
  'research report': 'Research report',
  'technical report': 'Technical report',
  'policy report': 'Policy report',
  'working paper': 'Working paper',
  'data management plan': 'Data management plan',
}
const GENRES_JA: typeof GENRES = {
  'bachelor thesis': '学士論文',
  'master thesis': '修士論文',
  'doctoral thesis': '博士論文',
  'conference poster': 'ポスター',
  'conference presentation': '会議発表',
  'research report': '研究報告書',
  'technical report': '技術報告書',
  'policy report': '政策報告書',
  'working paper': 'ワーキングペーパー',
  'data management plan': 'データ管理計画',
}
