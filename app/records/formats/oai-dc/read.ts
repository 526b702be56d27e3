import type { Finding, Reading } from '../../findings.ts'
import type { RecordInput, Text } from '../../model.ts'
import { fitToModel } from '../../parse.ts'
import { type AccessRight, accessRights, accessRightUri } from '../../vocabularies.ts'
import type { XmlElement } from '../xml.ts'
import { citationIn, identifierIn } from './identifiers.ts'
import { languageOf, languageTag } from './languages.ts'
import { resourceTypeOf, versionTypeOf } from './types.ts'

/** A text that an element says, and where it stands. */
interface Said extends Text {
  path: string
}

/**
 * Reads a record of `oai_dc`. Its fifteen elements mean much to many: what is said by an identifier, a URI or a term
 * that is known is read as such, the rest as the words that it is. What cannot be kept is named in a warning.
 *
 * @param root an element whose names have the prefixes `oai_dc` and `dc`.
 */
export function readOaiDcTree(root: XmlElement): Reading {
  const warnings: Finding[] = []
  const warn = (path: string, message: string) => warnings.push({ rule: 'oai_dc.nearest', path, message })
  if (root.name !== 'oai_dc:dc') {
    const error = { rule: 'oai_dc.root', path: '/', message: `begins with ${root.name}; known is oai_dc:dc` }
    return { record: undefined, errors: [error], warnings }
  }
  const said = Map.groupBy(textsOf(root, warn), ({ path }) => path.replace(/\[.*$/, ''))
  const all = (element: string) => said.get(`dc:${element}`) ?? []
  const places = new WeakMap<object, string>()
  /** A value for the model that came from an element. */
  const from = <T extends object>({ path }: Said, value: T): T => {
    places.set(value, path)
    return value
  }
  const textOf = (each: Said) => from(each, { value: each.value, ...(each.lang !== undefined && { lang: each.lang }) })
  const agentOf = (each: Said) => from(each, { names: [textOf(each)] })

  const related: NonNullable<RecordInput['relations']> = []
  const numbers: NonNullable<RecordInput['sourceIdentifiers']> = []
  const isNumber = (type: string): type is (typeof numbers)[number]['type'] =>
    ['ISSN', 'PISSN', 'EISSN', 'NCID', 'ISBN'].includes(type)

  const identifiers: NonNullable<RecordInput['identifiers']> = []
  for (const each of all('identifier')) {
    const found = identifierIn(each.value) ?? { type: 'Local', value: each.value }
    const { type, value } = found
    if (type === 'DOI' || type === 'HDL' || type === 'URI') identifiers.push(from(each, { type, value }))
    else if (type === 'ISSN' || type === 'PISSN' || type === 'EISSN' || type === 'NCID')
      numbers.push(from(each, { type, value }))
    else related.push(from(each, { type: 'isIdenticalTo', identifier: found }))
  }
  for (const each of all('relation')) {
    const identifier = identifierIn(each.value)
    related.push(from(each, identifier ? { identifier } : { titles: [textOf(each)] }))
  }
  const cited: { each: Said; citation: ReturnType<typeof citationIn> }[] = []
  for (const each of all('source')) {
    const identifier = identifierIn(each.value)
    if (!identifier) cited.push({ each, citation: citationIn(each.value) })
    else if (isNumber(identifier.type)) numbers.push(from(each, { type: identifier.type, value: identifier.value }))
    else related.push(from(each, { identifier }))
  }
  const [where, ...others] = new Set(cited.map(({ citation: { title: _, ...place } }) => JSON.stringify(place)))
  const agreed = others.length === 0
  const { right, rest: rights } = accessIn(all('rights'))
  const type = resourceTypeOf(all('type').map(({ value }) => value))
  if (type.warning) warn('dc:type', type.warning)
  const versionType = versionTypeOf(all('type').map(({ value }) => value))
  const [titles, alternativeTitles] = titlesOf(all('title'))
  const [dates, dateTexts] = datesOf(all('date'), warn)

  const candidate = {
    titles: titles.map(textOf),
    alternativeTitles: alternativeTitles.map(textOf),
    creators: all('creator').map(agentOf),
    contributors: all('contributor').map(agentOf),
    ...(right && { accessRights: { term: right } }),
    rights: rights.map((each) => from(each, { ...textOf(each), ...(isUri(each.value) && { uri: each.value }) })),
    subjects: all('subject').map((each) => from(each, { ...textOf(each), scheme: 'Other' as const })),
    // An abstract more often than not, but nothing says so.
    descriptions: all('description').map((each) => from(each, { ...textOf(each), type: 'Other' as const })),
    publishers: all('publisher').map(textOf),
    dates: dates.map(({ each, ...date }) => from(each, date)),
    dateTexts: dateTexts.map(textOf),
    languages: languagesOf(all('language'), warn),
    type: { term: type.term, ...(type.uri !== undefined && { uri: type.uri }) },
    ...(versionType && { versionType }),
    identifiers,
    relations: related,
    ...periodsAndPlaces(all('coverage'), textOf, from),
    sourceIdentifiers: numbers,
    formats: all('format').map(textOf),
    sourceTitles: cited.map(({ each, citation }) => textOf(agreed ? { ...each, value: citation.title } : each)),
    ...(agreed && where !== undefined && JSON.parse(where)),
  } satisfies RecordInput
  const pathOf = ([field, index]: PropertyKey[]) => {
    const value: unknown = candidate[field as keyof typeof candidate]
    const member = Array.isArray(value) ? value[Number(index)] : undefined
    return (typeof member === 'object' && places.get(member)) || (field === 'titles' ? 'dc:title' : '/')
  }
  return fitToModel(candidate, pathOf, { errors: [], warnings })
}

/** What the elements say; one that is blank says nothing. */
function textsOf(root: XmlElement, warn: (path: string, message: string) => void): Said[] {
  const counts = new Map<string, number>()
  return root.children.flatMap(({ name, text, attributes }) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const path = `${name}[${count}]`
    if (!ELEMENTS.has(name)) {
      warn(path, 'is not an element of Dublin Core and was left out')
      return []
    }
    const value = text.trim()
    if (value === '') return []
    const written = attributes.get('xml:lang')
    const lang = written === undefined || written === '' ? undefined : languageTag(written)
    if (written && lang === undefined)
      warn(`${path}/@xml:lang`, `is ${written}, which is no language tag, and was left out`)
    return [{ path, value, ...(lang !== undefined && { lang }) }]
  })
}

const ELEMENTS = new Set(
  'title creator subject description publisher contributor date type format identifier source language relation coverage rights'
    .split(' ')
    .map((name) => `dc:${name}`),
)

/** One title in each language, and the others of the same. */
function titlesOf(said: Said[]): [Said[], Said[]] {
  const titles = new Map<string | undefined, Said>()
  for (const each of said) if (!titles.has(each.lang)) titles.set(each.lang, each)
  return [[...titles.values()], said.filter((each) => titles.get(each.lang) !== each)]
}

const isUri = (text: string) => /^https?:\/\/\S+$/i.test(text)

const EU_REPO = 'info:eu-repo/semantics/'
const EU_REPO_ACCESS = new Map<string, AccessRight>([
  ['openAccess', 'open access'],
  ['embargoedAccess', 'embargoed access'],
  ['restrictedAccess', 'restricted access'],
  ['closedAccess', 'metadata only access'],
])

/** The right of access, by the first that names one, and what else is said of rights. */
function accessIn(said: Said[]): { right: AccessRight | undefined; rest: Said[] } {
  const rightOf = ({ value }: Said) => {
    const uri = value.replace(/^https:/, 'http:').replace(/\/$/, '')
    if (value.startsWith(EU_REPO)) return EU_REPO_ACCESS.get(value.slice(EU_REPO.length))
    return accessRights.find((term) => accessRightUri(term) === uri || term === value.toLowerCase())
  }
  return { right: said.flatMap((each) => rightOf(each) ?? [])[0], rest: said.filter((each) => !rightOf(each)) }
}

const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/**
 * Days are when the work was issued. A moment to the second is when some software did something: it counts where there
 * is no other date. An end of an embargo (`info:eu-repo/date`) says what it is, and what is no date is kept as words.
 */
function datesOf(said: Said[], warn: (path: string, message: string) => void) {
  const dates: { each: Said; value: string; type: 'Issued' | 'Available' }[] = []
  const words: Said[] = []
  const onlyMoments = said.every(({ value }) => !DAY.test(value))
  for (const each of said) {
    const [, end] = /^info:eu-repo\/date\/embargoEnd\/(\d{4}(?:-\d{2}(?:-\d{2})?)?)$/.exec(each.value) ?? []
    const [, moment, zone] = MOMENT.exec(each.value) ?? []
    if (end) dates.push({ each, value: end, type: 'Available' })
    else if (DAY.test(each.value)) dates.push({ each, value: each.value, type: 'Issued' })
    else if (moment === undefined) words.push(each)
    else if (onlyMoments) dates.push({ each, value: `${moment}${zone}`, type: 'Issued' })
    else warn(each.path, `${each.value} is a moment beside a date and was left out`)
  }
  return [dates, words] as const
}

function languagesOf(said: Said[], warn: (path: string, message: string) => void): string[] {
  const codes = said.flatMap(({ path, value }) => {
    const code = languageOf(value)
    if (code === undefined) warn(path, `is ${value}, which is no language that is known, and was left out`)
    return code ?? []
  })
  return [...new Set(codes)]
}

/** What has figures in it is a time ("1603-1868", "20世紀"), what has none a place. */
function periodsAndPlaces(
  said: Said[],
  textOf: (each: Said) => Text,
  from: <T extends object>(each: Said, value: T) => T,
) {
  const isTime = ({ value }: Said) => /\p{Nd}/u.test(value)
  return {
    temporals: said.filter(isTime).map(textOf),
    geoLocations: said.filter((each) => !isTime(each)).map((each) => from(each, { places: [each.value] })),
  }
}
