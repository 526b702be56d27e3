import { shown } from '../findings.ts'
import type { Record } from '../model.ts'
import { accessRightUri, resourceTypeUri, versionTypeUri } from '../vocabularies.ts'
import type { Breach, Rule } from './rule.ts'

/** The term decides, and outputs take its URI from the vocabulary: another URI says that one of the two is a mistake. */
function agreement<T extends string>(
  name: string,
  field: string,
  termOf: (record: Record) => { term: T; uri?: string | undefined } | undefined,
  uriOf: (term: T) => string,
): Rule {
  return {
    name,
    *find(record): Generator<Breach> {
      const said = termOf(record)
      if (said?.uri === undefined) return
      const expected = uriOf(said.term)
      // Published tables end newer ids with a slash.
      if (said.uri.replace(/\/$/, '') === expected) return
      yield {
        path: `${field}.uri`,
        message: `is ${shown(said.uri)}, which is not ${said.term}: write ${expected}, or the term that is meant`,
      }
    },
  }
}

/** COAR resource type. */
export const typeUri = agreement('type.uri', 'type', ({ type }) => type, resourceTypeUri)
/** COAR access right. */
export const accessUri = agreement('access.uri', 'accessRights', (record) => record.accessRights, accessRightUri)
/** COAR version type. */
export const versionUri = agreement('version.uri', 'versionType', (record) => record.versionType, versionTypeUri)
