import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parseAccept } from 'hono/utils/accept'
import type { Language, Site } from '../tenancy/schema.ts'
import type { PageContext } from './page.ts'

/** Seconds for which a chosen language is remembered: a year. */
const REMEMBERED = 31_536_000

/** What a request says about the language that its reader wants. */
interface Wish {
  /** `?lang=` */
  asked?: string | undefined
  /** The cookie that an earlier `?lang=` left. */
  remembered?: string | undefined
  /** Accept-Language (RFC 9110, section 12.5.4). */
  accepted?: string | undefined
}

/** The language of a page: asked for, remembered, accepted, or the institution's first; always one that it offers. */
export function chooseLanguage({ asked, remembered, accepted }: Wish, offered: readonly Language[]): Language {
  const find = (tag: string | undefined) => offered.find((language) => language === tag?.toLowerCase())
  const acceptable = parseAccept(accepted ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type }) => find(type.split('-', 1)[0]))
    .find((language) => language !== undefined)
  return find(asked) ?? find(remembered) ?? acceptable ?? offered[0] ?? 'ja'
}

/**
 * Makes the context of the page that a request asks for. It decides the language, says in the answer's headers what
 * that depended on, and remembers an explicit `?lang=` in a cookie of this host alone.
 */
export function pageFor(
  c: Context,
  institution: Site,
  { url, timeZone }: Pick<PageContext, 'url' | 'timeZone'>,
): PageContext {
  const prefix = url.startsWith('https:') ? { prefix: 'host' as const } : {}
  const asked = c.req.query('lang')
  const remembered = getCookie(c, 'lang', prefix.prefix)
  const accepted = c.req.header('accept-language')
  const language = chooseLanguage({ asked, remembered, accepted }, institution.languages)

  c.header('content-language', language)
  if (institution.languages.length > 1) {
    c.header('vary', 'Accept-Language, Cookie', { append: true })
    if (asked === language && remembered !== language)
      setCookie(c, 'lang', language, { ...prefix, path: '/', sameSite: 'Lax', httpOnly: true, maxAge: REMEMBERED })
  }
  return { institution, url, timeZone, language, path: withoutLanguage(c.req.url) }
}

function withoutLanguage(address: string): string {
  const { pathname, searchParams } = new URL(address)
  searchParams.delete('lang')
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname
}
