import { shown } from '../findings.ts'
import { each, languages, texts } from './places.ts'
import type { Breach, Rule } from './rule.ts'

/** Titles, names and descriptions say their language. */
export const missing: Rule = {
  name: 'lang.missing',
  *find(record) {
    for (const group of texts(record)) {
      for (const { path, value } of each(group.path, group.texts)) {
        if (value.lang === undefined)
          yield { path: `${path}.lang`, message: 'is missing: write the language, such as ja or en' }
      }
    }
  },
}

/** A language is one that exists, by its two letters (ISO 639-1) where it has them. */
export const known: Rule = {
  name: 'lang.known',
  *find(record) {
    // A record says the same few languages over and over, and asking for one takes its time.
    const verdicts = new Map<string, string | undefined>()
    for (const { path, value } of languages(record)) {
      if (!verdicts.has(value)) verdicts.set(value, better(value))
      const instead = verdicts.get(value)
      if (instead !== undefined) yield { path, message: `is ${shown(value)}; write ${instead}` }
    }
  },
}

const options = { fallback: 'none' } as const
const languageNames = new Intl.DisplayNames('en', { type: 'language', ...options })
const scriptNames = new Intl.DisplayNames('en', { type: 'script', ...options })
const regionNames = new Intl.DisplayNames('en', { type: 'region', ...options })

/** A language, then a script or a region where it has one. */
const TAG = /^([a-z]+)(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i
const UNKNOWN = 'a language that exists: two letters (ISO 639-1), or ja-Kana and ja-Latn for readings'

/** What to write instead of a language tag, if it is not a good one. */
function better(tag: string): string | undefined {
  const written = TAG.exec(tag)?.[1]?.toLowerCase()
  const locale = localeOf(tag)
  if (written === undefined || locale === undefined) return UNKNOWN
  const { language, script, region } = locale
  // Node knows by name all languages of two letters, but not all of those that have three letters only.
  if (languageNames.of(language) === undefined && language.length !== 3) return UNKNOWN
  if (script !== undefined && scriptNames.of(script) === undefined) return UNKNOWN
  if (region !== undefined && regionNames.of(region) === undefined) return UNKNOWN
  return language === written ? undefined : language
}

/** A language by the shortest code that it has, `jpn` as `ja`; nothing for what no tag looks like. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {
    return undefined
  }
}

/** One title or name in one language: of two, nobody knows which to show. */
export const doubled: Rule = {
  name: 'lang.doubled',
  *find(record) {
    for (const group of texts(record)) {
      if (!group.parallel) continue
      const seen = new Set<string>()
      for (const { path, value } of each(group.path, group.texts)) {
        const lang = value.lang?.toLowerCase()
        if (lang === undefined) continue
        if (seen.has(lang))
          yield {
            path: `${path}.lang`,
            message: `is ${value.lang} a second time: keep one, or name the other’s language`,
          }
        seen.add(lang)
      }
    }
  },
}

/** A reading in kana or Latin letters belongs to a Japanese text beside it. */
export const reading: Rule = {
  name: 'lang.reading',
  *find(record) {
    for (const group of texts(record)) {
      if (group.texts.some(({ lang }) => lang?.toLowerCase() === 'ja')) continue
      for (const { path, value } of each(group.path, group.texts)) {
        if (/^ja-(Kana|Latn)$/i.test(value.lang ?? ''))
          yield {
            path: `${path}.lang`,
            message: `is ${value.lang} with no ja beside it: write the Japanese itself too`,
          }
      }
    }
  },
}

/** Chinese says its script as JPCOAR has it: by the country (element list 1.0). */
export const chinese: Rule = {
  name: 'lang.chinese',
  *find(record) {
    for (const { path, value } of languages(record)) {
      if (/^zh(-|$)/i.test(value) && !/^zh-(cn|tw)$/i.test(value))
        yield { path, message: `is ${shown(value)}; write zh-cn (simplified) or zh-tw (traditional)` }
    }
  },
}

/** Codes of `dc:language` that name no language that a title could be in. */
const NO_LANGUAGE = ['mis', 'mul', 'und', 'zxx']

/** One of the titles is in a language of the content. A title whose language is not said may be. */
export const titleLanguage: Rule = {
  name: 'title.language',
  *find({ titles, languages }): Generator<Breach> {
    const spoken = languages.filter((code) => !NO_LANGUAGE.includes(code))
    const wanted = new Set(spoken.flatMap((code) => localeOf(code)?.language ?? []))
    if (wanted.size === 0) return
    if (titles.some(({ lang }) => lang === undefined || wanted.has(localeOf(lang)?.language ?? ''))) return
    const some = [...wanted].slice(0, 3).join(' or ')
    yield { path: 'titles', message: `has none in the language of the content: write the title in ${some}` }
  },
}
