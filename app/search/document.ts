import { issuedOf, namesOf, type PlacedItem } from '../items/index.ts'
import type { Record } from '../records/model.ts'
import type { Listed } from './names.ts'
import type { SearchDocument } from './port.ts'

/** Values of a facet that count of one item: a paper of three thousand authors is one of a hundred of them. */
const MOST_VALUES = 100
const LONGEST_VALUE = 200
/** Characters of abstracts that snippets are taken from. */
const LONGEST_ABSTRACT = 8_000

const values = (texts: { value: string }[]) => texts.map(({ value }) => value)

/** What the index holds of an item as it stands. */
export function documentOf({ record, collections, ...item }: PlacedItem, files: string[]): SearchDocument {
  const issued = issuedOf(record)
  const { year, type, access } = item.summary
  return {
    ...item,
    ...(issued !== undefined && { issued }),
    titleReading:
      (record.titles.find(({ lang }) => lang?.toLowerCase() === 'ja-kana') ?? record.titles[0])?.value ?? '',
    fields: fieldsOf(record),
    abstract: values(record.descriptions)
      .join('\n\n')
      .slice(0, LONGEST_ABSTRACT)
      .replace(/[\ud800-\udbff]$/, ''),
    facets: {
      type: [type],
      year: year === undefined ? [] : [year],
      language: limited(record.languages),
      access: [access],
      collection: collections.map(String),
      ...namesIn(record),
    },
    creators: creatorsOf(record),
    files,
  }
}

/** What an item is found by with others like it. */
export const namesIn = (record: Record): { [L in Listed]: string[] } => ({
  // Codes of a classification say nothing to who does not know it.
  subject: limited(values(record.subjects).filter((value) => /\p{L}{2}|\p{Script=Han}/u.test(value))),
  creator: limited(creatorsOf(record).map(({ value }) => value)),
})

/** The name by which a creator is counted: one stands for a person in all languages, or counting would split them. */
export function nameOf(creator: Record['creators'][number]): string | undefined {
  const names = namesOf(creator)
  return (names.find(({ lang }) => lang?.toLowerCase() === 'ja') ?? names[0])?.value
}

/** A value as a facet has it: what looks the same is the same. */
export const tidy = (value: string) => value.normalize('NFKC').replace(/\s+/g, ' ').trim()

/** Creators by their names in facets, with reading and ORCID where the record has them. */
function creatorsOf({ creators }: Record): SearchDocument['creators'] {
  return creators.flatMap((creator) => {
    const name = nameOf(creator)
    if (name === undefined) return []
    const reading = namesOf(creator).find(({ lang }) => lang?.toLowerCase() === 'ja-kana')?.value
    const orcid = creator.identifiers
      .find(({ scheme }) => scheme === 'ORCID')
      ?.value.match(/\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/)?.[0]
    return { value: tidy(name), reading, orcid }
  })
}

/** What a reader would remember of a work. */
function fieldsOf(record: Record): SearchDocument['fields'] {
  return {
    title: values([...record.titles, ...record.alternativeTitles]),
    creator: record.creators.flatMap(namesOfAgent),
    subject: values(record.subjects),
    publisher: values(record.publishers),
    source: values(record.sourceTitles),
    other: [
      // What is behind that end of the abstract is looked for all the same.
      ...values(record.descriptions).filter((_, i, all) => i > 0 || all.join('').length > LONGEST_ABSTRACT),
      ...record.contributors.flatMap(namesOfAgent),
      ...[...record.creators, ...record.contributors].flatMap(({ affiliations }) =>
        affiliations.flatMap(({ names }) => values(names)),
      ),
      ...record.conferences.flatMap(({ names }) => values(names)),
      ...values(record.identifiers),
      ...record.fundingReferences.flatMap(({ funderNames, awardNumber, awardTitles }) => [
        ...values(funderNames),
        ...(awardNumber ? [awardNumber.value] : []),
        ...values(awardTitles),
      ]),
    ],
  }
}

const namesOfAgent = (agent: Record['creators'][number] | Record['contributors'][number]) => [
  ...values(agent.names),
  ...values(agent.familyNames),
  ...values(agent.givenNames),
  ...values(agent.alternativeNames),
]

const limited = (all: string[]) =>
  [...new Set(all.map(tidy))].filter((value) => value !== '' && value.length <= LONGEST_VALUE).slice(0, MOST_VALUES)
