import { raw } from 'hono/html'
import type { Language, Markdown } from '../tenancy/schema.ts'
import { plainText, renderMarkdown } from './markdown.ts'
import { localized, type PageContext } from './page.ts'
import { langAttribute } from './text.ts'

/** Characters of a description that search engines and link previews show. */
const DESCRIPTION = 200

interface Rendered {
  html: string
  description: string
}

/** What was made of texts: a long table costs half a second, and settings are the same object until they change. */
const rendered = new WeakMap<Markdown, { [L in Language]?: Rendered }>()

/** A text of the institution: in the page's language, or marked as Japanese where it has no other. */
export function OwnText({ text, page }: { text: Markdown; page: PageContext }) {
  const { lang } = localized(text, page.language)
  return (
    <div class="prose" lang={langAttribute(lang, page.language)}>
      {raw(render(text, page.language).html)}
    </div>
  )
}

/** The beginning of a text of the institution, for a page's description. */
export const describe = (text: Markdown | undefined, page: PageContext): string | undefined =>
  text && render(text, page.language).description

function render(text: Markdown, language: Language): Rendered {
  const known = rendered.get(text) ?? {}
  rendered.set(text, known)
  known[language] ??= make(localized(text, language).value)
  return known[language]
}

function make(text: string): Rendered {
  const plain = plainText(text)
  return {
    html: renderMarkdown(text),
    description: plain.length <= DESCRIPTION ? plain : `${plain.slice(0, DESCRIPTION)}…`,
  }
}
