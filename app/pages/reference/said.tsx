import { documentInJapanese } from '../languages/ja/document/index.ts'
import type { PageContext } from '../page.ts'

/**
 * What the API's document says, in the page's language. The document is in English, as programmers everywhere expect;
 * a sentence without a translation stays English and is marked as such.
 */
export function Said({ text, page }: { text: string; page: PageContext }) {
  if (page.language === 'en') return text
  return documentInJapanese[text] ?? <span lang="en">{text}</span>
}

/** The same where there can be no markup. */
export const saying = (text: string, page: PageContext) =>
  page.language === 'en' ? text : (documentInJapanese[text] ?? text)
