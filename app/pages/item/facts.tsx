import type { Child } from 'hono/jsx'
import type { Dissemination } from '../../items/dissemination.ts'
import type { Record } from '../../records/model.ts'
import { formatDay, formatLanguage } from '../format.ts'
import { webAddress } from '../links.ts'
import type { PageContext } from '../page.ts'
import { Day, type Fact, Icon, Identifier, Run, schemeName, texts, WebLink, wordsOf } from '../parts.tsx'
import { conferenceFacts, degreeFacts, fundingFacts, placeFacts, relationFacts } from './context-facts.tsx'
import { findingOthers } from './finding.ts'
import { OrganisationName, Person } from './people.tsx'

/** What identifies an item as a publication: for the side column. */
export function bibliography(record: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  return [
    { label: words.source, values: source(record, page) },
    ...grouped(
      record.dates,
      ({ type }) => words.terms.dateTypes[type],
      ({ value }) => <Day value={value} page={page} />,
    ),
    { label: words.dateTexts, values: texts(record.dateTexts, page) },
    { label: words.publishers, values: publishers(record, page) },
    { label: words.identifiers, values: identifiers(record, page) },
    {
      label: words.versionType,
      values: record.versionType ? [words.terms.versionTypes[record.versionType.term]] : [],
    },
    { label: words.apc, values: record.apc ? [words.terms.apcStates[record.apc]] : [] },
    { label: words.dataVersion, values: present(record.version) },
    { label: words.textLanguages, values: record.languages.map((code) => formatLanguage(code, page.language)) },
    { label: words.rights, values: linkedTexts(record.rights, page) },
    { label: words.rightsHolders, values: organisations(record.rightsHolders, page) },
  ]
}

/** Everything else that a record holds. */
export function details(d: Dissemination, page: PageContext): Fact[] {
  const words = wordsOf(page)
  const { record } = d
  const others = findingOthers(record)
  return [
    { label: words.alternativeTitles, values: texts(record.alternativeTitles, page) },
    ...contributors(record.contributors, page),
    { label: words.subjects, values: subjects(record.subjects, page, (subject) => others('subject', subject)) },
    ...fundingFacts(record, page),
    ...conferenceFacts(record, page),
    ...degreeFacts(record, page),
    ...relationFacts(record, page),
    { label: words.temporals, values: texts(record.temporals, page) },
    ...placeFacts(record, page),
    { label: words.editions, values: texts(record.editions, page) },
    { label: words.volumeTitles, values: texts(record.volumeTitles, page) },
    {
      label: words.originalLanguages,
      values: record.originalLanguages.map((code) => formatLanguage(code, page.language)),
    },
    {
      label: words.extents,
      values: [...present(record.numPages).map(words.numPages), ...texts(record.extents, page)],
    },
    { label: words.formats, values: texts(record.formats, page) },
    { label: words.holdingAgent, values: holdingAgent(record, page) },
    {
      label: words.datasetSeries,
      values: record.datasetSeries === undefined ? [] : [record.datasetSeries ? words.yes : words.no],
    },
    { label: words.registration, values: registration(record, page) },
    { label: words.oaiIdentifier, values: present(d.oaiIdentifier) },
    { label: words.publicationDate, values: [<Day value={d.publicationDate} page={page} />] },
    { label: words.updatedAt, values: [formatDay(d.updatedAt, page.timeZone, page.language)] },
  ]
}

/** The catalogue that a record belongs to, which is described much as an item is. */
export function catalog({ catalog }: Record, page: PageContext): Fact[] {
  if (!catalog) return []
  const words = wordsOf(page)
  const { file } = catalog
  return [
    { label: words.catalog, values: texts(catalog.titles, page) },
    ...contributors(catalog.contributors, page),
    ...grouped(
      catalog.descriptions,
      ({ type }) => words.terms.descriptionTypes[type],
      (text) => <Run text={text} page={page} />,
    ),
    { label: words.subjects, values: subjects(catalog.subjects, page) },
    {
      label: words.identifiers,
      values: catalog.identifiers.map(({ type, value }) => <Identifier scheme={type} value={value} page={page} />),
    },
    ...grouped(catalog.licenses, ({ type }) => words.terms.licenseTypes[type], linkedText(page)),
    { label: words.rights, values: linkedTexts(catalog.rights, page) },
    {
      label: words.access,
      values: catalog.accessRights ? [words.terms.accessRights[catalog.accessRights.term]] : [],
    },
    {
      label: file?.objectType ? words.terms.objectTypes[file.objectType] : words.whatIsThere,
      values: file
        ? [
            ...(file.uri === undefined
              ? present(file.label)
              : [<WebLink href={file.uri}>{file.label ?? file.uri}</WebLink>]),
            ...present(file.mimeType),
            ...file.extents,
            ...file.dates.map(({ value }) => <Day value={value} page={page} />),
            ...present(file.version).map(words.fileVersion),
          ]
        : [],
    },
  ]
}

/** Where it appeared: title, volume, number and pages in one line, then the source's own identifiers. */
function source(record: Record, page: PageContext): Child[] {
  const place = placeInSource(record, page)
  return [
    ...texts(record.sourceTitles, page),
    ...(place ? [<span class="figure">{place}</span>] : []),
    ...record.sourceIdentifiers.map(({ type, value }) => <Identifier scheme={type} value={value} page={page} />),
  ]
}

/** Volume, number and pages. */
export function placeInSource(record: Record, page: PageContext): string {
  const words = wordsOf(page)
  const pages = [record.pageStart, record.pageEnd].filter((number) => number !== undefined)
  return [
    ...present(record.volume).map(words.volume),
    ...present(record.issue).map(words.issue),
    ...(pages.length > 0 ? [words.pages(pages.join('–'))] : []),
  ].join(words.comma)
}

function publishers(record: Record, page: PageContext): Child[] {
  return [
    ...texts(record.publishers, page),
    ...record.publisherDetails.map(({ names, descriptions, locations, places }) => {
      const parts = [...texts(names, page), ...texts(descriptions, page), ...texts(locations, page), ...places]
      return parts.flatMap((part, index) => (index > 0 ? [' · ', part] : [part]))
    }),
  ]
}

function identifiers(record: Record, page: PageContext): Child[] {
  return record.identifiers.map(({ type, value }) => <Identifier scheme={type} value={value} page={page} />)
}

function registration({ identifierRegistration }: Record, page: PageContext): Child[] {
  if (!identifierRegistration) return []
  const { agency, value } = identifierRegistration
  return [<Identifier scheme={agency} value={value} page={page} />]
}

/** @param others where one finds what else is on a subject; in a catalogue, which is no item of ours, nowhere. */
function subjects(all: Record['subjects'], page: PageContext, others?: (subject: string) => string): Child[] {
  const bySubject = Object.entries(Object.groupBy(all, ({ scheme }) => scheme))
  return bySubject.map(([, group]) => (
    <>
      {group[0] && group[0].scheme !== 'Other' && (
        <>
          <span class="scheme">{schemeName(group[0].scheme, page)}</span>{' '}
        </>
      )}
      <ul class="row">
        {texts(group, page, (subject) => (
          <SubjectName subject={subject} others={others?.(subject.value)} page={page} />
        )).map((subject) => (
          <li>{subject}</li>
        ))}
      </ul>
    </>
  ))
}

interface SubjectProps {
  subject: Record['subjects'][number]
  others: string | undefined
  page: PageContext
}

/** A subject, leading to others on it, and to where its scheme says what it means. */
function SubjectName({ subject, others, page }: SubjectProps) {
  if (others === undefined) return linkedText(page)(subject)
  const meaning = webAddress(subject.uri)
  return (
    <>
      <a href={others}>
        <Run text={subject} page={page} />
      </a>
      {meaning && (
        <>
          {' '}
          <a class="scheme" href={meaning} aria-label={wordsOf(page).meaningOf(subject.value)}>
            <Icon name="elsewhere" />
          </a>
        </>
      )}
    </>
  )
}

function contributors(all: Record['contributors'], page: PageContext): Fact[] {
  const words = wordsOf(page)
  return grouped(
    all,
    ({ type }) => (type ? words.terms.contributorTypes[type] : words.contributors),
    (agent) => <Person agent={agent} page={page} />,
  )
}

function organisations(all: Record['rightsHolders'], page: PageContext): Child[] {
  return all.map((organisation) => <OrganisationName organisation={organisation} page={page} />)
}

function holdingAgent({ holdingAgent }: Record, page: PageContext): Child[] {
  if (!holdingAgent) return []
  const { names, identifier } = holdingAgent
  return [
    ...texts(names, page),
    ...(identifier
      ? [<Identifier scheme={identifier.scheme} value={identifier.value} uri={identifier.uri} page={page} />]
      : []),
  ]
}

type Linked = Record['rights'][number]

const linkedText = (page: PageContext) => (text: Linked) => (
  <WebLink href={text.uri}>
    <Run text={text} page={page} />
  </WebLink>
)

/** Texts with an address; the address itself where it says nothing else. */
function linkedTexts(all: Linked[], page: PageContext): Child[] {
  const named = all.map((text) => (text.value === '' && text.uri ? { ...text, value: text.uri } : text))
  return texts(named, page, linkedText(page))
}

/** A fact per group, in the order of first appearance. */
function grouped<T>(all: T[], label: (value: T) => string, show: (value: T) => Child): Fact[] {
  return [...Map.groupBy(all, label)].map(([label, values]) => ({ label, values: values.map(show) }))
}

const present = (value: string | undefined): string[] => (value === undefined || value === '' ? [] : [value])
