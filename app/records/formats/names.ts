import { namesOf } from '../../items/summary.ts'
import type { Contributor, Creator, Text } from '../model.ts'
import { preferred } from '../texts.ts'

/** One name of a person or an organisation, as far as it can be taken apart. */
export interface PartedName {
  /** As the record has it: "Suzuki, Taro" for a person. */
  whole: string
  family?: string
  given?: string
  lang?: string | undefined
}

type Named = Pick<Creator | Contributor, 'names' | 'familyNames' | 'givenNames'>

/** Whether the record says that this is an organisation. Where it says nothing, a comma tells a person. */
export const isOrganisation = ({ names }: Pick<Named, 'names'>): boolean =>
  names.some(({ type }) => type === 'Organizational')

/**
 * The name of a person or an organisation in a language, or in the first that the record has. Family and given name are
 * told apart where the record does, or by the comma that JPCOAR has between them.
 */
export function nameIn(agent: Named, language: string | undefined): PartedName | undefined {
  const name = preferred(namesOf(agent), language)
  if (!name) return undefined
  const { lang } = name
  const value = oneLine(name.value)
  const whole = { whole: value, lang }
  if (isOrganisation(agent)) return whole
  const family = told(agent.familyNames, lang)
  const given = told(agent.givenNames, lang)
  if (family !== undefined && given !== undefined) return { ...whole, family, given }
  const [, before, after] = /^([^,，]+)[,，]\s*(\S.*)$/.exec(value) ?? []
  return before !== undefined && after !== undefined ? { ...whole, family: before.trim(), given: after } : whole
}

function told(texts: readonly Text[], lang: string | undefined): string | undefined {
  const text = texts.find((each) => each.lang === lang && each.value !== '')
  return text && oneLine(text.value)
}

/** An editor's line breaks say nothing in what is one line. */
export const oneLine = (text: string): string => (/\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text)

/** Scripts that are written without blanks between a family and a given name. */
const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u
export const isEastAsian = (text: string): boolean => EAST_ASIAN.test(text)
