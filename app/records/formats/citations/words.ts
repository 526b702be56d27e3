import type { ResourceType } from '../../vocabularies.ts'
import { isEastAsian } from '../names.ts'
import { type CitationRun, italic, together } from './runs.ts'

/** What a style says in words of its own, in the language of the work as it is cited. */
export interface Words {
  /** What stands between names, where the language needs no "and". */
  separator?: string
  /** That there are more names: "et al.", where undefined. */
  others?: string
  /** A title in quotation marks, with the mark that follows it. */
  quoted(title: string | undefined, mark: '.' | ','): string
  /** A title of what stands alone, in styles that also have titles in quotation marks. */
  titled(title: string | undefined): CitationRun[]
  data: string
  software: string
  poster: string
  presentation: string
  version(number: string): string
  /** An edition as the record has it; a bare number gets its words. */
  edition(text: string): string
  /** Behind the names of editors, in brackets. */
  editors(count: number): string
  /** Names of editors as a phrase. */
  editedBy(names: string): string
  /** Before what a part is part of. */
  in: string
  /** In Japanese a thesis is called the same in all styles: undefined in English, where each has its own. */
  thesis?: (degree: Degree) => string
}

export type Degree = 'doctoral' | 'master' | 'bachelor' | 'none'

export const degreeOf = (term: ResourceType): Degree => {
  if (term === 'doctoral thesis') return 'doctoral'
  if (term === 'master thesis') return 'master'
  return term === 'bachelor thesis' ? 'bachelor' : 'none'
}

const ordinal = (digits: string) => {
  const last = /1\d$/.test(digits) ? 0 : Number(digits.at(-1))
  return `${digits}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`
}

const en: Words = {
  // In English the mark stands within: “Title,” and “Title?”.
  quoted: (title, mark) => (title ? `“${title}${/[.?!]$/.test(title) ? '' : mark}”` : ''),
  titled: italic,
  data: 'Data set',
  software: 'Computer software',
  poster: 'Poster presentation',
  presentation: 'Conference presentation',
  version: (number) => `Version ${number}`,
  edition: (text) => (/^\d+$/.test(text) ? `${ordinal(text)} ed.` : text),
  editors: (count) => (count === 1 ? 'Ed.' : 'Eds.'),
  editedBy: (names) => `edited by ${names}`,
  in: 'In ',
}

const THESES = { doctoral: '博士論文', master: '修士論文', bachelor: '学士論文', none: '学位論文' }

const ja: Words = {
  quoted: (title, mark) => (title ? `「${title}」${mark}` : ''),
  titled: (title) => (title && isEastAsian(title) ? together(`『${title}』`) : italic(title)),
  separator: ', ',
  others: 'ほか',
  data: 'データセット',
  software: 'ソフトウェア',
  poster: 'ポスター発表',
  presentation: '会議発表',
  version: (number) => `バージョン${number}`,
  edition: (text) => (/^\d+$/.test(text) ? `第${text}版` : text),
  editors: () => '編',
  editedBy: (names) => `${names}編`,
  in: '',
  thesis: (degree) => THESES[degree],
}

export const words = { ja, en }
