import type { Record } from '../../records/model.ts'
import { addressOf, namesIn, tidy } from '../../search/index.ts'

/**
 * Where one finds what else is by a creator or on a subject of a work: by the facet if the work counts for that value
 * itself, otherwise by the words.
 */
export function findingOthers(record: Record): (facet: 'creator' | 'subject', value: string) => string {
  const counted = namesIn(record)
  return (facet, value) => {
    const known = tidy(value)
    return counted[facet].includes(known)
      ? addressOf({ words: '', chosen: { [facet]: [known] } })
      : addressOf({ words: `${facet}:"${known.replaceAll('"', ' ')}"`, chosen: {} })
  }
}
