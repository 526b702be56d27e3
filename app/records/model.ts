import { z } from 'zod'
import * as vocabulary from './vocabularies.ts'

/**
 * The one record model: a superset of JPCOAR 2.1, stored as JSON beside {@link MODEL_VERSION}.
 *
 * Names follow JPCOAR's element list; plural where an element repeats. Every list is present after
 * {@link Record} has parsed a value, so readers never meet `undefined` where a list may stand.
 * Where JPCOAR pairs a term with a URI, the term decides and `uri` keeps what the source said: outputs take
 * the URI from the vocabulary, and quality rules compare the two.
 */
export const MODEL_VERSION = 1

/** Characters that XML 1.0 (section 2.2) can carry and PostgreSQL can store: no NUL, controls or lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** Blanks round a value say nothing, and XML cannot tell a lone carriage return from a line feed. */
const tidy = (value: string) => value.replace(/\r\n?/g, '\n').trim()

const string = (max: number, normalise: (value: string) => string) =>
  z
    .string()
    .overwrite(normalise)
    .max(max)
    .refine((value) => value.isWellFormed() && !UNSTORABLE.test(value), 'holds characters that no format can carry')

/** Text that may have paragraphs. */
const long = string(200_000, tidy)
const unwrap = (value: string, glue: string) =>
  tidy(value)
    .split(/[\t\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(glue)

/** One line: a break inside it is where an editor wrapped it. */
const short = string(2_000, (value) => unwrap(value, ' '))
/** A URI, or an identifier where JPCOAR asks for a URI: a wrapped one is joined again. */
const address = string(2_000, (value) => unwrap(value, ''))
/** What may be left out is left out rather than empty. */
const given = (value: typeof short) => value.min(1, 'must not be empty: leave it out').optional()
/** A language tag by its form (XML Schema's `xs:language`); whether it is a known one is a matter of quality. */
const lang = z
  .string()
  // Ends the checks: the pattern would run out of stack over millions of characters.
  .max(35, { abort: true })
  .regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as ja, en, ja-Kana or zh-cn')
const list = <T extends z.ZodType>(item: T) => z.array(item).max(10_000).default([])

/** Text in a language: the shape of every element with `xml:lang`. */
export const Text = z
  .strictObject({ value: long, lang: lang.optional() })
  .meta({ id: 'Text', description: 'Text in a language' })

const DAY_OR_TIME = String.raw`\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?)?)?`
/** A day, month, year or moment, or a range of them (`A/B`, `A/`, `/B`): datacite.xsd, ISOdateType. */
const DateOrRange = z
  .string()
  .trim()
  .regex(
    new RegExp(`^(${DAY_OR_TIME}(/(${DAY_OR_TIME})?)?|/${DAY_OR_TIME})$`),
    'must be a date such as 2026-03-18, 2026-03, 2026 or a range such as 2025/2026',
  )

/** `xs:date`, `xs:gYearMonth` or `xs:gYear` without a time zone; XML Schema 1.0 has no year 0. */
export function isCalendarDate(value: string): boolean {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? []
  if (year === undefined || year === '0000') return false
  const date = `${year}-${month}-${day}`
  const time = new Date(date)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date)
}

const term = <T extends readonly [string, ...string[]]>(terms: T) =>
  z.strictObject({ term: z.enum(terms), uri: given(address) })

const NameIdentifier = z
  .strictObject({ value: short, scheme: z.enum(vocabulary.nameIdentifierSchemes), uri: given(address) })
  .meta({ id: 'NameIdentifier', description: 'An identifier of a person or an organisation, with its scheme' })

const Name = Text.extend({ type: z.enum(vocabulary.nameTypes).optional() })

const Organisation = z
  .strictObject({ identifiers: list(NameIdentifier), names: list(Text) })
  .meta({ id: 'Organisation', description: 'An organisation: affiliation, rights holder, degree grantor' })

const agent = {
  identifiers: list(NameIdentifier),
  names: list(Name),
  familyNames: list(Text),
  givenNames: list(Text),
  alternativeNames: list(Text),
  affiliations: list(Organisation),
}
const Creator = z
  .strictObject({ type: given(short), ...agent })
  .meta({ id: 'Creator', description: 'A person or an organisation that made the work' })
const Contributor = z
  .strictObject({ type: z.enum(vocabulary.contributorTypes).optional(), ...agent })
  .meta({ id: 'Contributor', description: 'A person or an organisation with another part in the work' })

const Rights = Text.extend({ uri: given(address) })
const Subject = Text.extend({ scheme: z.enum(vocabulary.subjectSchemes), uri: given(address) })
const Description = Text.extend({ type: z.enum(vocabulary.descriptionTypes) })
const RecordDate = z
  .strictObject({ value: DateOrRange, type: z.enum(vocabulary.dateTypes) })
  .meta({ id: 'RecordDate', description: 'A date with what happened then; it may be a range' })
const Identifier = z.strictObject({ value: address, type: z.enum(vocabulary.identifierTypes) })
const AccessRights = term(vocabulary.accessRights)

export const RecordFile = z
  .strictObject({
    uri: given(address),
    label: given(short),
    objectType: z.enum(vocabulary.objectTypes).optional(),
    mimeType: given(short),
    extents: list(short),
    dates: list(RecordDate),
    version: given(short),
  })
  .meta({
    id: 'RecordFile',
    description: 'What the record says of a file. The bytes, their access and our address belong to the item',
  })

const latitude = z.number().min(-90).max(90)
const longitude = z.number().min(-180).max(180)

const Fields = z.strictObject({
  titles: z.array(Text).min(1).max(1_000),
  alternativeTitles: list(Text),
  creators: list(Creator),
  contributors: list(Contributor),
  accessRights: AccessRights.optional(),
  /** `rioxxterms:apc`: what became of the article processing charge. JPCOAR 1.0 alone has it. */
  apc: z.enum(vocabulary.apcStates).optional(),
  rights: list(Rights),
  rightsHolders: list(Organisation),
  subjects: list(Subject),
  descriptions: list(Description),
  publishers: list(Text),
  /** `jpcoar:publisher`: publishers of old books, each with description and place. */
  publisherDetails: list(
    z.strictObject({ names: list(Text), descriptions: list(Text), locations: list(Text), places: list(short) }),
  ),
  dates: list(RecordDate),
  /** `dcterms:date`: dates in words. */
  dateTexts: list(Text),
  /** ISO 639-3. */
  languages: list(
    z
      .string()
      .trim()
      .regex(/^[a-z]{3}$/, 'must be three small letters (ISO 639-3), such as jpn or eng'),
  ),
  type: term(vocabulary.resourceTypes),
  /** `datacite:version`: the number of a data set or software. */
  version: given(short),
  /** `oaire:version`: author's manuscript, version of record, … */
  versionType: term(vocabulary.versionTypes).optional(),
  identifiers: list(Identifier),
  identifierRegistration: z.strictObject({ value: short, agency: z.enum(vocabulary.registrationAgencies) }).optional(),
  relations: list(
    z.strictObject({
      type: z.enum(vocabulary.relationTypes).optional(),
      identifier: z.strictObject({ value: address, type: z.enum(vocabulary.relatedIdentifierTypes) }).optional(),
      titles: list(Text),
    }),
  ),
  temporals: list(Text),
  geoLocations: list(
    z.strictObject({
      point: z.strictObject({ longitude, latitude }).optional(),
      box: z.strictObject({ west: longitude, east: longitude, south: latitude, north: latitude }).optional(),
      places: list(short),
    }),
  ),
  fundingReferences: list(
    z.strictObject({
      funderIdentifier: z
        .strictObject({ value: short, type: z.enum(vocabulary.funderIdentifierTypes), typeUri: given(address) })
        .optional(),
      funderNames: z.array(Text).min(1).max(100),
      streamIdentifier: z
        .strictObject({
          value: short,
          type: z.enum(vocabulary.fundingStreamIdentifierTypes).optional(),
          typeUri: given(address),
        })
        .optional(),
      streams: list(Text),
      awardNumber: z.strictObject({ value: short, uri: given(address), type: given(short) }).optional(),
      awardTitles: list(Text),
    }),
  ),
  sourceIdentifiers: list(z.strictObject({ value: short, type: z.enum(vocabulary.sourceIdentifierTypes) })),
  editions: list(Text),
  volumeTitles: list(Text),
  originalLanguages: list(short),
  extents: list(Text),
  formats: list(Text),
  holdingAgent: z
    .strictObject({
      identifier: z
        .strictObject({
          value: short,
          scheme: z.enum(vocabulary.holdingAgentSchemes),
          uri: given(address),
          lang: lang.optional(),
        })
        .optional(),
      names: list(Text),
    })
    .optional(),
  datasetSeries: z.boolean().optional(),
  sourceTitles: list(Text),
  volume: given(short),
  issue: given(short),
  /** Pages as printed ("34", "e123", "iv"). JPCOAR takes positive integers alone; others stay with us. */
  numPages: given(short),
  pageStart: given(short),
  pageEnd: given(short),
  dissertationNumber: given(short),
  degreeNames: list(Text),
  /** A day, month or year of the calendar: the one date that JPCOAR checks. */
  dateGranted: z
    .string()
    .trim()
    .refine(isCalendarDate, 'must be a date of the calendar such as 2026-03-25, 2026-03 or 2026')
    .optional(),
  degreeGrantors: list(Organisation),
  conferences: list(
    z.strictObject({
      names: list(Text),
      sequence: z.int().positive().optional(),
      sponsors: list(Text),
      date: Text.extend({
        startDay: z.int().min(1).max(31).optional(),
        startMonth: z.int().min(1).max(12).optional(),
        startYear: z.int().min(1400).max(2200).optional(),
        endDay: z.int().min(1).max(31).optional(),
        endMonth: z.int().min(1).max(12).optional(),
        endYear: z.int().min(1400).max(2200).optional(),
      }).optional(),
      venues: list(Text),
      places: list(Text),
      country: z
        .string()
        .trim()
        .regex(/^[A-Z]{3}$/, 'must be three capitals (ISO 3166-1 alpha-3), such as JPN')
        .optional(),
    }),
  ),
  files: list(RecordFile),
  catalog: z
    .strictObject({
      contributors: list(Contributor),
      identifiers: list(Identifier),
      titles: list(Text),
      descriptions: list(Description),
      subjects: list(Subject),
      licenses: list(Text.extend({ type: z.enum(vocabulary.licenseTypes), uri: given(address) })),
      rights: list(Rights),
      accessRights: AccessRights.optional(),
      file: RecordFile.optional(),
    })
    .optional(),
})

/** A metadata record. */
export const Record = Fields.meta({
  id: 'Record',
  description: 'A metadata record. Names follow JPCOAR 2.1; plural where an element repeats',
})

export type Text = z.infer<typeof Text>
export type Record = z.infer<typeof Record>
/** A record as JSON carries it: lists that are empty may be left out. */
export type RecordInput = z.input<typeof Record>
export type Creator = z.infer<typeof Creator>
export type Contributor = z.infer<typeof Contributor>
export type RecordFile = z.infer<typeof RecordFile>
