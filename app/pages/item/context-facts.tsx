import type { Child } from 'hono/jsx'
import type { Record } from '../../records/model.ts'
import { formatDate } from '../format.ts'
import { identifierAddress } from '../links.ts'
import type { PageContext } from '../page.ts'
import { Day, type Fact, Identifier, Run, texts, WebLink, wordsOf } from '../parts.tsx'
import { OrganisationName } from './people.tsx'

/** What a work came from and belongs with: money, meetings, degrees, other works, places. */

export function fundingFacts({ fundingReferences }: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  return fundingReferences.map((funding) => {
    const { funderIdentifier: funder, streamIdentifier: stream, awardNumber: award } = funding
    const program: Child[] = [
      ...texts(funding.streams, page),
      ...(stream ? [<Identifier scheme={stream.type} value={stream.value} uri={stream.typeUri} page={page} />] : []),
    ]
    return {
      label: words.funding,
      values: [
        ...texts(funding.funderNames, page),
        ...(funder ? [<Identifier scheme={funder.type} value={funder.value} page={page} />] : []),
        ...program.map((name) => (
          <>
            {words.fundingStream}
            {words.colon}
            {name}
          </>
        )),
        ...(award
          ? [
              <>
                {words.award}
                {words.colon}
                <WebLink href={award.uri}>{award.value}</WebLink>
                {award.type && ` (${award.type})`}
              </>,
            ]
          : []),
        ...texts(funding.awardTitles, page),
      ],
    }
  })
}

export function conferenceFacts({ conferences }: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  return conferences.map((conference) => {
    const { sequence, date, country } = conference
    return {
      label: words.conference,
      values: [
        ...texts(conference.names, page),
        ...(sequence === undefined ? [] : [words.conferenceSequence(String(sequence))]),
        ...(date ? [<ConferenceDate date={date} page={page} />] : []),
        ...texts(conference.venues, page),
        ...texts(conference.places, page),
        ...(country === undefined ? [] : [country]),
        ...texts(conference.sponsors, page).map((sponsor) => (
          <>
            {words.conferenceSponsors}
            {words.colon}
            {sponsor}
          </>
        )),
      ],
    }
  })
}

type ConferenceDate = NonNullable<Record['conferences'][number]['date']>

/** As the record words it; made from its figures where it has no words. */
function ConferenceDate({ date, page }: { date: ConferenceDate; page: PageContext }) {
  if (date.value !== '') return <Run text={date} page={page} />
  const start = isoDate(date.startYear, date.startMonth, date.startDay)
  const end = isoDate(date.endYear, date.endMonth, date.endDay)
  return <>{formatDate([start, end].filter(Boolean).join('/'), page.language)}</>
}

function isoDate(...parts: (number | undefined)[]): string {
  const known = parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : undefined)
  return known.map((part) => String(part).padStart(2, '0')).join('-')
}

export function degreeFacts(record: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  return [
    { label: words.degree, values: texts(record.degreeNames, page) },
    {
      label: words.degreeGrantors,
      values: record.degreeGrantors.map((grantor) => <OrganisationName organisation={grantor} page={page} />),
    },
    { label: words.dateGranted, values: record.dateGranted ? [<Day value={record.dateGranted} page={page} />] : [] },
    { label: words.dissertationNumber, values: record.dissertationNumber ? [record.dissertationNumber] : [] },
  ]
}

export function relationFacts({ relations }: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  const byType = Map.groupBy(relations, ({ type }) => (type ? words.terms.relationTypes[type] : words.relatedTo))
  return [...byType].map(([label, group]) => ({
    label,
    values: group.map((relation) => <Related relation={relation} page={page} />),
  }))
}

function Related({ relation, page }: { relation: Record['relations'][number]; page: PageContext }) {
  const { identifier, titles } = relation
  const address = identifier && identifierAddress(identifier.type, identifier.value)
  const named = texts(titles, page, (title) => (
    <WebLink href={address}>
      <Run text={title} page={page} />
    </WebLink>
  ))
  return (
    <div class="related">
      {named.map((title) => (
        <p>{title}</p>
      ))}
      {identifier && <Identifier scheme={identifier.type} value={identifier.value} page={page} />}
    </div>
  )
}

export function placeFacts({ geoLocations }: Record, page: PageContext): Fact[] {
  const words = wordsOf(page)
  const values = geoLocations.flatMap(({ places, point, box }): Child[] => [
    ...places,
    ...(point ? [words.point(String(point.latitude), String(point.longitude))] : []),
    ...(box ? [words.box(String(box.south), String(box.north), String(box.west), String(box.east))] : []),
  ])
  return [{ label: words.places, values }]
}
