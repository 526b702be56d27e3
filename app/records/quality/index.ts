import type { Finding } from '../findings.ts'
import type { Record } from '../model.ts'
import * as access from './access.ts'
import * as dates from './dates.ts'
import * as identifiers from './identifiers.ts'
import * as languages from './languages.ts'
import * as names from './names.ts'
import * as registries from './registries.ts'
import * as retired from './retired.ts'
import type { Rule } from './rule.ts'
import * as terms from './terms.ts'
import * as thesis from './thesis.ts'

/** All rules of quality: what aggregators ask for beyond the schema (JPCOAR guidelines, https://schema.irdb.nii.ac.jp/). */
export const rules: readonly Rule[] = [
  names.blankTitle,
  names.blankName,
  names.missingName,
  languages.missing,
  languages.known,
  languages.doubled,
  languages.reading,
  languages.chinese,
  languages.titleLanguage,
  registries.nameIdentifier,
  registries.nameIdentifierUri,
  registries.publicationIdentifier,
  retired.retiredScheme,
  retired.retiredType,
  terms.typeUri,
  terms.accessUri,
  terms.versionUri,
  access.embargoDate,
  access.withoutContent,
  access.metadataOnly,
  dates.calendar,
  dates.issued,
  identifiers.doiIdentifier,
  identifiers.handleIdentifier,
  identifiers.uriIdentifier,
  identifiers.registrationForm,
  identifiers.registrationIdentifier,
  identifiers.fileUri,
  thesis.doctoralThesis,
]

/** Places of one rule that are named: who has seen ten knows what to look for. */
const MOST_OF_A_RULE = 10

/**
 * What should be mended in a record that the model accepts: of each rule the first ten places, as paths in the model.
 * Advice, never a reason to refuse.
 */
export function findQuality(record: Record): Finding[] {
  return rules.flatMap(({ name, find }) => {
    const breaches = Iterator.from(find(record)).take(MOST_OF_A_RULE)
    return [...breaches].map((breach) => ({ rule: name, ...breach }))
  })
}
