import type { Actor } from '../accounts/index.ts'
import { eachOf } from '../platform/each.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type Count, type Facet, facets } from './port.ts'
import { type Search, search } from './search.ts'

/** A search that finds something where another finds nothing. */
export interface Wider {
  search: Search
  /** How many items it finds. */
  total: Count
  /** How the two differ. */
  changes: Change[]
}

/**
 * `word`: without one of the words. `facet`: with any value of it. `dates`: of any year. `limits`: without any of
 * these limits. `any`: with one word or another. `apart`: with the words that a compound may be made of.
 */
export type Change =
  | { kind: 'word'; word: string }
  | { kind: 'facet'; facet: Facet }
  | { kind: 'dates' | 'limits' | 'any' | 'apart' }

/** Other searches that are tried in a round, of two: each costs one. */
const MOST_TRIED = 8
/** Searches at a time: a reader who finds nothing does not hold all of an institution's connections. */
const AT_ONCE = 2

/** What means more than the word itself. */
const OPERATORS = /["“”「」『』()（）:：]|(^|\s)(AND|OR|NOT)(\s|$)|(^|\s)-/

/** Searches close to one that finds nothing, each a little wider, of those that find something. */
export async function wider(tenant: Tenant, actor: Actor, nothing: Search): Promise<Wider[]> {
  const limits = withoutLimits(nothing)
  const close = await finding(tenant, actor, [...limits, ...otherwise(nothing)])
  if (close.length > 0 || limits.length === 0 || nothing.words === '') return close
  const free = { ...nothing, chosen: {}, from: undefined, to: undefined }
  const changes: Change[] = [{ kind: 'limits' }]
  return await finding(tenant, actor, [
    { search: free, changes },
    ...otherwise(free).map((each) => ({ ...each, changes: [...changes, ...each.changes] })),
  ])
}

type Candidate = Omit<Wider, 'total'>

async function finding(tenant: Tenant, actor: Actor, candidates: Candidate[]): Promise<Wider[]> {
  const tried = candidates.slice(0, MOST_TRIED)
  const found = new Map<Candidate, Count>()
  await eachOf(tried, AT_ONCE, async (each) => {
    const { total } = await search(tenant, actor, each.search, { size: 1, counts: false })
    if (total.value > 0) found.set(each, total)
  })
  return tried.flatMap((each) => {
    const total = found.get(each)
    return total ? { ...each, total } : []
  })
}

/** Each of the limits left out. */
function withoutLimits(nothing: Search): Candidate[] {
  const { chosen, from, to } = nothing
  const without = facets
    .filter((facet) => chosen[facet])
    .map((facet): Candidate => {
      const { [facet]: _, ...others } = chosen
      return { search: { ...nothing, chosen: others }, changes: [{ kind: 'facet', facet }] }
    })
  if (from === undefined && to === undefined) return without
  return [...without, { search: { ...nothing, from: undefined, to: undefined }, changes: [{ kind: 'dates' }] }]
}

const otherwise = (nothing: Search): Candidate[] =>
  wordings(nothing.words).map(({ words, change }) => ({ search: { ...nothing, words }, changes: [change] }))

/** The same words put another way; nothing where they are more than words. */
function wordings(typed: string): { words: string; change: Change }[] {
  if (OPERATORS.test(typed)) return []
  const words = typed.split(/\s+/)
  const apart = words.map(takenApart)
  const others: { words: string; change: Change }[] = []
  if (apart.join() !== words.join()) others.push({ words: apart.join(' '), change: { kind: 'apart' } })
  if (words.length === 1) return others
  words.forEach((word, i) => {
    others.push({ words: words.toSpliced(i, 1).join(' '), change: { kind: 'word', word } })
  })
  return [...others, { words: words.join(' OR '), change: { kind: 'any' } }]
}

/** Most Japanese compounds are made of words of two kanji. */
const takenApart = (word: string) =>
  word.replace(/\p{Script=Han}{4,}/gu, (compound) => (compound.match(/.{2}(?=.{2}|$)|.{3}$/gu) ?? [compound]).join(' '))
