import { documentOf, element } from '../xml.ts'
import { feedTypes } from './address.ts'
import type { Entry } from './entries.ts'
import { type Feed, updatedOf } from './feed.ts'

/**
 * Writes a feed as RSS 2.0 (rssboard.org/rss-specification), in which the works are described by Dublin Core: RSS's own
 * `author` is an e-mail address.
 */
export function writeRss(feed: Feed): string {
  const { title, language, institution, self, page, entries } = feed
  return documentOf(
    element(
      'rss',
      {
        version: '2.0',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      },
      [
        element('channel', {}, [
          element('title', {}, title),
          element('link', {}, page),
          element('description', {}, institution),
          element('language', {}, language),
          element('lastBuildDate', {}, updatedOf(feed).toUTCString()),
          element('atom:link', { rel: 'self', href: self, type: feedTypes.rss }),
          ...entries.map(itemElement),
        ]),
      ],
    ),
  )
}

const itemElement = ({ id, url, title, authors, summary, subjects, type, cite, issued, published }: Entry) =>
  element('item', {}, [
    element('title', {}, title.value),
    element('link', {}, url),
    element('guid', { isPermaLink: 'false' }, id),
    element('pubDate', {}, published.toUTCString()),
    summary && element('description', {}, markup(summary.value)),
    ...subjects.map((subject) => element('category', {}, subject)),
    ...authors.map(({ name }) => element('dc:creator', {}, name)),
    element('dc:type', {}, type.label),
    element('dc:identifier', {}, cite),
    issued === undefined ? undefined : element('dc:date', {}, issued),
  ])

/** A description, and nothing else, is HTML (RSS Best Practices Profile): what is text is escaped once more. */
const markup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
