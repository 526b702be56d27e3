import { raw } from 'hono/html'
import type { Language, Markdown } from '../tenancy/schema.ts'
import { plainText, renderMarkdown } from './markdown.ts'
import { localized, type PageContext } from './page.ts'
import { langAttribute } from './text.ts'

/** What was made of texts, for as long as the settings that they belong to are kept. */
const rendered = new WeakMap<Markdown, { [L in Language]?: string }>()

/** A text of the institution: in the page's language, or marked as Japanese where it has no other. */
export function OwnText({ text, page }: { text: Markdown; page: PageContext }) {
  const { value, lang } = localized(text, page.language)
  const known = rendered.get(text) ?? {}
  rendered.set(text, known)
  known[page.language] ??= renderMarkdown(value)
  return (
    <div class="prose" lang={langAttribute(lang, page.language)}>
      {raw(known[page.language] as string)}
    </div>
  )
}

/** Characters of a description that search engines and link previews show. */
const DESCRIPTION = 200

/** The beginning of a text of the institution, for a page's description. */
export function describe(text: Markdown | undefined, page: PageContext): string | undefined {
  if (text === undefined) return undefined
  const plain = plainText(localized(text, page.language).value)
  return plain.length <= DESCRIPTION ? plain : `${plain.slice(0, DESCRIPTION)}…`
}
