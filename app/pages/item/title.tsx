import type { Text } from '../../records/model.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { arrange, langAttribute, preferred } from '../text.ts'

/** An item's title as plain text. */
export function titleOf(titles: Text[], page: PageContext): string {
  return preferred(titles, page.language)?.value ?? wordsOf(page).untitled
}

/** The title as a heading, with its translations and readings below. */
export function Title({ titles, page }: { titles: Text[]; page: PageContext }) {
  const { chosen, others, readings } = arrange(titles, page.language)
  const [title, ...further] = chosen
  const lang = ({ lang }: Text) => langAttribute(lang, page.language)
  const readingLines = readings.map((text) => (
    <p class="reading-of-title" lang={lang(text)}>
      {text.value}
    </p>
  ))
  const translations = [...further, ...others].map((text) => (
    <p class="translation" dir="auto" lang={lang(text)}>
      {text.value}
    </p>
  ))
  return (
    <div class="titles">
      <h1 class="work-title" dir="auto" lang={title && lang(title)}>
        {titleOf(titles, page)}
      </h1>
      {/* A reading belongs to the Japanese title, wherever that stands. */}
      {page.language === 'ja' ? [readingLines, translations] : [translations, readingLines]}
    </div>
  )
}
