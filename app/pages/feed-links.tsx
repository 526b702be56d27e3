import { type FeedSubject, feedAddress, feedTypes } from '../protocols/feeds/index.ts'
import type { PageContext } from './page.ts'

/** Where readers of feeds find what a page lists, in its language (for the head). */
export function FeedLinks({ subject, title, page }: { subject: FeedSubject; title: string; page: PageContext }) {
  const lang = page.institution.languages.length > 1 ? page.language : undefined
  return (
    <>
      {(['atom', 'rss'] as const).map((format) => (
        <link
          rel="alternate"
          type={feedTypes[format]}
          title={`${title} (${format === 'atom' ? 'Atom' : 'RSS'})`}
          href={feedAddress(subject, format, { lang })}
        />
      ))}
    </>
  )
}
