import type { Text } from '../../records/model.ts'
import { documentOf, element } from '../xml.ts'
import { feedTypes } from './address.ts'
import type { Entry } from './entries.ts'
import { type Feed, updatedOf } from './feed.ts'

/**
 * Writes a feed as Atom (RFC 4287), in pages (RFC 5005, section 3), with what OpenSearch 1.1 asks of results.
 */
export function writeAtom(feed: Feed): string {
  const { language, institution, self, first, page, next, words, total, size, entries } = feed
  const link = (rel: string, href: string, type: string = feedTypes.atom) => element('link', { rel, href, type })
  return documentOf(
    element(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:opensearch': 'http://a9.com/-/spec/opensearch/1.1/',
        'xml:lang': language,
      },
      [
        element('id', {}, first),
        element('title', {}, feed.title),
        element('updated', {}, updatedOf(feed).toISOString()),
        element('author', {}, [element('name', {}, institution)]),
        link('self', self),
        link('alternate', page, 'text/html'),
        link('first', first),
        next === undefined ? undefined : link('next', next),
        element('opensearch:totalResults', {}, String(total)),
        element('opensearch:itemsPerPage', {}, String(size)),
        element('opensearch:Query', { role: 'request', searchTerms: words }),
        ...entries.map(entryElement),
      ],
    ),
  )
}

const entryElement = ({ id, url, title, authors, summary, subjects, type, published, updated }: Entry) =>
  element('entry', {}, [
    element('id', {}, id),
    text('title', title),
    element('updated', {}, updated.toISOString()),
    element('published', {}, published.toISOString()),
    ...authors.map(({ name, uri }) =>
      element('author', {}, [element('name', {}, name), uri === undefined ? undefined : element('uri', {}, uri)]),
    ),
    element('link', { rel: 'alternate', href: url, type: 'text/html' }),
    summary && text('summary', summary),
    element('category', { term: type.uri, label: type.label }),
    ...subjects.map((subject) => element('category', { term: subject })),
  ])

const text = (name: string, { value, lang }: Text) => element(name, { type: 'text', 'xml:lang': lang }, value)
