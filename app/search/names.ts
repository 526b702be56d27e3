import { fold } from './fold.ts'

/** What readers go through as lists of names. */
export const listed = ['creator', 'subject'] as const
export type Listed = (typeof listed)[number]

const KANA = [...'あかさたなはまやらわ']
const LATIN = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** What a list can be opened at: the rows of kana, the Latin letters, and everything else. */
export const initials: readonly string[] = [...KANA, ...LATIN, '#']

const LONGEST_KEY = 100
/** What all keys of other scripts begin with. */
const OTHERS = '2'

const SMALL = 'ぁぃぅぇぉっゃゅょゎゕゖ'
const LARGE = 'あいうえおつやゆよわかけ'

/**
 * What a name is ordered by: folded as for searching, and as in a dictionary without dakuten, small kana and long marks.
 * Compared by code points, kana come first, then Latin letters, then what is in other scripts, digits among them.
 */
export function listKey(name: string): string {
  const folded = fold(name.slice(0, 5 * LONGEST_KEY)).text
  const plain = folded
    .normalize('NFD')
    .replace(/[\u3099\u309aー]/g, '')
    .normalize('NFC')
    .replace(/[ぁ-ゖ]/g, (kana) => LARGE[SMALL.indexOf(kana)] ?? kana)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
  const key = plain || folded
  // Keys begin with their script, so that each has a stretch of the list to itself.
  const script = /^\p{Script=Hiragana}/u.test(key) ? '0' : /^[a-z]/.test(key) ? '1' : OTHERS
  return (script + key).slice(0, LONGEST_KEY).toWellFormed()
}

/** The first key under an initial; an initial goes to where the next begins. */
const STARTS: readonly string[] = [...KANA.map((kana) => `0${kana}`), ...LATIN.map((letter) => listKey(letter)), OTHERS]
/** Behind every key that begins as this one. */
const behindAll = (key: string) => `${key}\u{10ffff}`

/** The keys under an initial: from one, and up to but without the other. */
export function keysUnder(initial: string): [from: string, to: string] {
  const at = initials.indexOf(initial)
  return [STARTS[at] as string, STARTS[at + 1] ?? behindAll(OTHERS)]
}

/** The keys that begin as what somebody has typed. */
export function keysLike(prefix: string): [from: string, to: string] {
  const key = listKey(prefix)
  return [key, behindAll(key)]
}

/** The initial that a key stands under. */
export const initialOf = (key: string): string => initials[STARTS.findLastIndex((start) => start <= key)] ?? '#'
