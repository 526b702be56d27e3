import type { Actor } from '../accounts/index.ts'
import { eachOf } from '../platform/each.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type Count, type Facet, facets } from './port.ts'
import { type Search, search } from './search.ts'

/** A search that finds something where another finds nothing, and how the two differ. */
export interface Wider {
  search: Search
  /** How many items it finds. */
  total: Count
  /**
   * `word`: without one of the words. `facet`: with any value of it. `dates`: of any year. `any`: with one word or
   * another. `apart`: with the words that a compound may be made of.
   */
  change: { kind: 'word'; word: string } | { kind: 'facet'; facet: Facet } | { kind: 'dates' | 'any' | 'apart' }
}

/** Other searches that are tried: each costs one. */
const MOST_TRIED = 10
/** Searches at a time: a reader who finds nothing does not hold all of an institution's connections. */
const AT_ONCE = 2

/** What means more than the word itself. */
const OPERATORS = /["“”「」『』()（）:：]|(^|\s)(AND|OR|NOT)(\s|$)|(^|\s)-/

/** Searches close to one that finds nothing, each a little wider, of those that find something. */
export async function wider(tenant: Tenant, actor: Actor, nothing: Search): Promise<Wider[]> {
  const tried = candidates(nothing).slice(0, MOST_TRIED)
  const found = new Map<number, Count>()
  await eachOf([...tried.entries()], AT_ONCE, async ([i, { search: asked }]) => {
    const { total } = await search(tenant, actor, asked, { size: 1, counts: false })
    found.set(i, total)
  })
  return tried.flatMap((each, i) => {
    const total = found.get(i)
    return total && total.value > 0 ? { ...each, total } : []
  })
}

function candidates(nothing: Search): Omit<Wider, 'total'>[] {
  const { words, chosen, from, to } = nothing
  const limits = [
    ...facets
      .filter((facet) => chosen[facet])
      .map((facet) => ({
        search: { ...nothing, chosen: { ...chosen, [facet]: undefined } },
        change: { kind: 'facet' as const, facet },
      })),
    ...(from !== undefined || to !== undefined
      ? [{ search: { ...nothing, from: undefined, to: undefined }, change: { kind: 'dates' as const } }]
      : []),
  ]
  return [...limits, ...wordings(words).map(({ words, change }) => ({ search: { ...nothing, words }, change }))]
}

/** The same words put another way; nothing where they are more than words. */
function wordings(typed: string): { words: string; change: Wider['change'] }[] {
  if (OPERATORS.test(typed)) return []
  const words = typed.split(/\s+/)
  const apart = words.map(takenApart)
  const others: { words: string; change: Wider['change'] }[] = []
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
