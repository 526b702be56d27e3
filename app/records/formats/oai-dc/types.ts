import {
  type ResourceType,
  resourceTypes,
  resourceTypeUri,
  type VersionType,
  versionTypes,
  versionTypeUri,
} from '../../vocabularies.ts'

const EU_REPO = 'info:eu-repo/semantics/'

/** Letters alone: `Journal Article`, `journalArticle` and `journal-article` are one word. */
const word = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
/** COAR's ids are compared without the slash that some write behind them, and by either scheme. */
const concept = (uri: string) => uri.replace(/^https:/, 'http:').replace(/\/$/, '')

const termByWord = new Map(resourceTypes.map((term) => [word(term), term]))
/** Of terms that share a concept, COAR's own label for it. */
const termByConcept = new Map<string, ResourceType>([
  ...resourceTypes.map((term) => [resourceTypeUri(term), term] as const),
  [resourceTypeUri('journal article'), 'journal article'],
])

/** Words of other vocabularies that mean a term of ours: info:eu-repo, NII's types (junii2), DCMI's. */
const SAME = new Map<string, ResourceType>([
  ['conferenceobject', 'conference output'],
  ['dataordataset', 'dataset'],
  ['learningmaterial', 'learning object'],
  ['others', 'other'],
  ['presentation', 'conference presentation'],
  ['thesisordissertation', 'thesis'],
])

/** Words for which we have no term, and the nearest that there is. */
const NEAREST = new Map<string, ResourceType>([
  ['annotation', 'commentary'],
  ['bookreview', 'review article'],
  ['contributiontoperiodical', 'article'],
  ['physicalobject', 'other'],
  ['preprint', 'article'],
  ['researchpaper', 'research report'],
  ['review', 'review article'],
  ['studentthesis', 'thesis'],
])

/** What is to be said where a type is not understood without loss. */
type Verdict = { term: ResourceType; uri?: string; warning?: string }

/**
 * The type of a resource by its `dc:type` elements: our own word for it, a concept of COAR, another vocabulary's word
 * for the same, the nearest, or `other`.
 */
export function resourceTypeOf(values: string[]): Verdict {
  const uri = values.find((value) => termByConcept.has(concept(value)))
  const kept = uri === undefined ? {} : { uri }
  const words = values.map((value) => word(value.split('/').at(-1) ?? ''))
  const own = values.flatMap((value) => (value.includes(':') ? [] : (termByWord.get(word(value)) ?? [])))[0]
  if (own) return { term: own, ...kept }
  if (uri !== undefined) return { term: termByConcept.get(concept(uri)) as ResourceType, uri }
  // This vocabulary's article is the one in a journal.
  if (values.includes(`${EU_REPO}article`)) return { term: 'journal article' }
  const same = words.flatMap((each) => SAME.get(each) ?? termByWord.get(each) ?? [])[0]
  if (same) return { term: same }
  const near = words.findIndex((each) => NEAREST.has(each))
  const term = NEAREST.get(words[near] ?? '') ?? 'other'
  const said = near === -1 ? values.join(', ') : values[near]
  return {
    term,
    warning: said ? `is ${said}, for which there is no type: taken for ${term}` : `is missing: taken for ${term}`,
  }
}

const EU_REPO_VERSIONS = new Map<string, VersionType>([
  ['draft', 'AO'],
  ['submittedVersion', 'SMUR'],
  ['acceptedVersion', 'AM'],
  ['publishedVersion', 'VoR'],
  ['updatedVersion', 'CVoR'],
])

/** The version of an article, which Dublin Core has among the types. */
export function versionTypeOf(values: string[]): { term: VersionType; uri?: string } | undefined {
  for (const value of values) {
    const term = versionTypes.find((each) => versionTypeUri(each) === concept(value))
    if (term) return { term, uri: value }
    const other = value.startsWith(EU_REPO) ? EU_REPO_VERSIONS.get(value.slice(EU_REPO.length)) : undefined
    if (other) return { term: other }
  }
  return undefined
}
