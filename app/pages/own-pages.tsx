import { document } from './layout.tsx'
import { describe, OwnText } from './own-text.tsx'
import { type OwnTextName, ownText } from './own-texts.ts'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'

/** A page of the institution's own words; nothing if it has none. */
export function renderOwnPage(page: PageContext, name: OwnTextName): string | undefined {
  const text = ownText(name, page.institution)
  if (text === undefined) return undefined
  const title = wordsOf(page)[name]
  return document({
    page,
    title,
    description: describe(text, page),
    children: (
      <article class="own">
        <h1 class="page-title">{title}</h1>
        <OwnText text={text} page={page} />
      </article>
    ),
  })
}
