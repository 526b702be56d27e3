import type { CslName } from '../csl/item.ts'
import { isEastAsian } from '../names.ts'
import type { Words } from './words.ts'

/** How a style writes one name. */
export type WriteName = (name: CslName) => string

/**
 * A name in the order of its language: 鈴木太郎, which no style turns round or shortens; otherwise undefined. One that is
 * all katakana is another language's, and needs its blank.
 */
function native(name: CslName): string | undefined {
  if ('literal' in name) return name.literal
  const { family, given } = name
  if (!isEastAsian(family + given)) return undefined
  const glue = /^[\p{sc=Katakana}ー・\s]+$/u.test(family) || !isEastAsian(family) || !isEastAsian(given) ? ' ' : ''
  return `${family}${glue}${given}`
}

/** "Suzuki, Taro". */
export const inverted: WriteName = (name) => native(name) ?? ('family' in name ? `${name.family}, ${name.given}` : '')

/** "Taro Suzuki". */
export const straight: WriteName = (name) => native(name) ?? ('family' in name ? `${name.given} ${name.family}` : '')

/** "Suzuki, T. M." */
export const invertedInitials: WriteName = (name) =>
  native(name) ?? ('family' in name ? `${name.family}, ${initials(name.given)}` : '')

/** "T. M. Suzuki". */
export const straightInitials: WriteName = (name) =>
  native(name) ?? ('family' in name ? `${initials(name.given)} ${name.family}` : '')

/** "Suzuki TM": two initials at most. */
export const bareInitials: WriteName = (name) =>
  native(name) ??
  ('family' in name
    ? `${name.family} ${initials(name.given)
        .replace(/[^\p{L}]/gu, '')
        .slice(0, 2)}`
    : '')

/** "T. M.", "J.-P.": the first letter of each part of a given name. */
function initials(given: string): string {
  return given
    .split(/[\s.]+/)
    .filter((part) => part !== '')
    .map((part) =>
      part
        .split('-')
        .map((piece) => [...piece].find((letter) => /\p{L}/u.test(letter)))
        .filter((letter) => letter !== undefined)
        .map((letter) => `${letter.toUpperCase()}.`)
        .join('-'),
    )
    .filter((part) => part !== '')
    .join(' ')
}

interface Rule {
  /** As the first of a list, where that is written otherwise. */
  first?: WriteName
  name: WriteName
  /** Between names; `last` before the last of three or more, `two` where there are two. */
  separator: string
  last: string
  two: string
  /** With more than this many names, `named` of them are written, and that there are others. */
  most: number
  named: number
  /** Before "et al.". */
  before: string
}

/** Names in a row, as a style has it; nothing where there are none. */
export function inRow(names: readonly CslName[] | undefined, rule: Rule, words: Words): string {
  if (!names || names.length === 0) return ''
  const isCut = names.length > rule.most
  const shown = names.slice(0, isCut ? rule.named : rule.most).map((name, index) => {
    return index === 0 ? (rule.first ?? rule.name)(name) : rule.name(name)
  })
  if (isCut) return `${shown.join(words.separator ?? rule.separator)}${words.others ?? `${rule.before}et al.`}`
  if (words.separator) return shown.join(words.separator)
  const final = shown.pop() as string
  if (shown.length === 0) return final
  return `${shown.join(rule.separator)}${shown.length === 1 ? rule.two : rule.last}${final}`
}
