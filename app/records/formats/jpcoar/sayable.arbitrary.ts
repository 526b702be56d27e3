import fc from 'fast-check'
import type { Record } from '../../model.ts'
import { anyRecord } from '../../record.arbitrary.ts'
import * as vocabulary from '../../vocabularies.ts'
import { JPCOAR_2_0, type VocabularyName } from './editions.ts'

/** The terms that 2.0 has, in whatever spelling: those for which it has no mere substitute. */
function termsOf<Term extends string>(name: VocabularyName, known: readonly Term[]): Term[] {
  const instead = JPCOAR_2_0.instead[name] ?? {}
  return known.filter((term) => {
    const written = instead[term]
    return written === undefined || (written !== null && !(known as readonly string[]).includes(written))
  })
}

const terms = (name: VocabularyName, known: readonly string[]) => fc.constantFrom(...termsOf(name, known))
const concepts = <Term extends string>(known: readonly Term[], uriOf: (term: Term) => string) =>
  fc.constantFrom(...known).map((term) => ({ term, uri: uriOf(term) }))

const accessRights = concepts(vocabulary.accessRights, vocabulary.accessRightUri)
const dateTypes = terms('dateTypes', vocabulary.dateTypes)
const contributorTypes = terms('contributorTypes', vocabulary.contributorTypes)
const page = fc.integer({ min: 1 }).map(String)
const uri = fc.webUrl({ withFragments: true, withQueryParameters: true })

const SPECIAL: { readonly [path: string]: fc.Arbitrary<unknown> } = {
  type: concepts(termsOf('resourceTypes', vocabulary.resourceTypes), vocabulary.resourceTypeUri),
  versionType: concepts(vocabulary.versionTypes, vocabulary.versionTypeUri),
  accessRights,
  'catalog.accessRights': accessRights,
  'contributors.type': contributorTypes,
  'catalog.contributors.type': contributorTypes,
  'dates.type': dateTypes,
  'files.dates.type': dateTypes,
  'catalog.file.dates.type': dateTypes,
  'relations.type': terms('relationTypes', vocabulary.relationTypes),
  'relations.identifier.type': terms('relatedIdentifierTypes', vocabulary.relatedIdentifierTypes),
  'sourceIdentifiers.type': terms('sourceIdentifierTypes', vocabulary.sourceIdentifierTypes),
  'relations.identifier.value': uri,
  'identifiers.value': uri,
  'catalog.identifiers.value': uri,
  numPages: page,
  pageStart: page,
  pageEnd: page,
}

/** Records that JPCOAR 2.0 can say in full: its own terms, real URIs, numbers for pages. */
export const sayableRecord: fc.Arbitrary<Record> = anyRecord(
  (path) => SPECIAL[path] ?? (/(^|\.)(uri|typeUri)$/.test(path) ? uri : undefined),
)
