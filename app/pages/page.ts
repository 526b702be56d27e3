import type { Repository } from '../records/formats/outputs.ts'
import type { Language, Site } from '../tenancy/schema.ts'

/** What every page of an institution is made with. */
export interface PageContext {
  institution: Site
  /** The institution's address, without a slash at the end. */
  url: string
  /** IANA time zone in which the institution's days begin. */
  timeZone: string
  language: Language
  /** Path and query of this page without `lang`, from `/` on: its canonical address below `url`. */
  path: string
}

/** The repository as what leaves it names it. */
export const repositoryOf = ({ url, institution }: PageContext): Repository => ({ url, name: institution.name })

/** A text of the institution in the page's language; in Japanese, which it always has, where there is no other. */
export function localized(text: { ja: string; en?: string | undefined }, language: Language) {
  const value = text[language]
  return value === undefined ? { value: text.ja, lang: 'ja' } : { value, lang: language }
}

/**
 * The full address of a page, in a language if one is named. Full, because a path may begin with two slashes, which
 * browsers would read as another host.
 */
export function addressOf({ url, path }: PageContext, language?: Language): string {
  if (language === undefined) return `${url}${path}`
  return `${url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`
}
