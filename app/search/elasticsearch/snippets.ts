import type { estypes } from '@elastic/elasticsearch'
import type { SearchResult } from '../port.ts'
import { looseWordsIn, parseQuery, wordsIn } from '../query.ts'
import { markerFor, type Stretch, snippetOf } from '../snippet.ts'
import type { Ask } from './connection.ts'
import { inAbstractForms, inTextForms } from './forms.ts'
import { inTexts } from './match.ts'

type Clause = estypes.QueryDslQueryContainer
type Snippet = Required<Pick<SearchResult, 'snippet'>> & Pick<SearchResult, 'file'>

/** What the server puts round hits: characters that no text has. */
const [OPEN, CLOSE] = ['\ufdd0', '\ufdd1']

/**
 * Of items a part of the abstract in which the words stand, or of a file where they do not stand there; then, if asked
 * for, of either where they stand in other forms.
 */
export async function snippetsOf(
  ask: Ask,
  index: string,
  rows: { item: number; abstract: string }[],
  words: string,
  forms: boolean,
): Promise<Map<number, Snippet>> {
  const snippets = new Map<number, Snippet>()
  const query = parseQuery(words)
  const sought = wordsIn(query)
  if (sought.length === 0) return snippets
  const marker = markerFor(words)
  for (const { item, abstract } of rows) {
    const snippet = marker.snippet(abstract)
    if (snippet) snippets.set(item, { snippet })
  }
  const lacking = () => rows.flatMap(({ item }) => (snippets.has(item) ? [] : [item]))
  const note = (found: Found[], snippetIn: (text: string) => Snippet['snippet'] | undefined) => {
    for (const { item, text, file } of found) {
      const snippet = snippetIn(text)
      if (snippet) snippets.set(item, { snippet, ...(file !== undefined && { file }) })
    }
  }
  note(await textsWith(ask, index, lacking(), inTexts(sought)), marker.snippet)
  const loose = forms ? looseWordsIn(query) : []
  if (loose.length > 0) note(await inForms(ask, index, lacking(), loose), snippetAround)
  return snippets
}

interface Found {
  item: number
  text: string
  file?: string
}

/** Of items the abstract that holds one of the words in another form, or the first piece of a file that does, marked. */
async function inForms(ask: Ask, index: string, items: number[], words: string[]): Promise<Found[]> {
  const abstracts = await abstractsWith(ask, index, items, inAbstractForms(words))
  const others = items.filter((item) => !abstracts.some((found) => found.item === item))
  const clauses = inTextForms(words)
  if (clauses.length === 0) return abstracts
  return [...abstracts, ...(await textsWith(ask, index, others, anyOf(clauses), marked('texts.text')))]
}

async function abstractsWith(ask: Ask, index: string, items: number[], clauses: Clause[]): Promise<Found[]> {
  if (items.length === 0 || clauses.length === 0) return []
  const { hits } = await ask((client) =>
    client.search({
      index,
      size: items.length,
      _source: false,
      query: { bool: { filter: [{ ids: { values: items.map(String) } }, anyOf(clauses)] } },
      highlight: marked('written.abstract'),
    }),
  )
  return hits.hits.flatMap(({ _id, highlight }) => {
    const text = highlight?.['written.abstract']?.[0]
    return text === undefined ? [] : [{ item: Number(_id), text }]
  })
}

/** Of items the first piece of a file of which something holds: as it is, or marked. */
async function textsWith(
  ask: Ask,
  index: string,
  items: number[],
  query: Clause,
  highlight?: estypes.SearchHighlight,
): Promise<Found[]> {
  if (items.length === 0) return []
  const { hits } = await ask((client) =>
    client.search({
      index,
      size: items.length,
      _source: false,
      query: {
        bool: {
          filter: [
            { ids: { values: items.map(String) } },
            {
              nested: {
                path: 'texts',
                query,
                score_mode: 'none',
                inner_hits: {
                  size: 1,
                  _source: false,
                  stored_fields: ['texts.file', 'texts.text'],
                  sort: [{ 'texts.file': 'asc' }, { 'texts.piece': 'asc' }],
                  ...(highlight && { highlight }),
                },
              },
            },
          ],
        },
      },
    }),
  )
  return hits.hits.flatMap(({ _id, inner_hits }) => {
    const hit = inner_hits?.texts?.hits.hits[0]
    const text = highlight ? hit?.highlight?.['texts.text']?.[0] : hit?.fields?.['texts.text']?.[0]
    const file = hit?.fields?.['texts.file']?.[0]
    return text === undefined ? [] : [{ item: Number(_id), text, file }]
  })
}

const anyOf = (clauses: Clause[]): Clause => ({ bool: { should: clauses, minimum_should_match: 1 } })

/** A text whole, with marks. Of the highlighters, this one marks a phrase that has a particle in it. */
const marked = (field: string): estypes.SearchHighlight => ({
  type: 'unified',
  pre_tags: [OPEN],
  post_tags: [CLOSE],
  number_of_fragments: 0,
  fields: { [field]: { matched_fields: [field, `${field}.stem`] } },
})

/** A part of a marked text. */
function snippetAround(text: string): Snippet['snippet'] | undefined {
  const hits: Stretch[] = []
  let plain = ''
  for (const [i, part] of text.split(new RegExp(`[${OPEN}${CLOSE}]`)).entries()) {
    if (i % 2 === 1) hits.push({ start: plain.length, end: plain.length + part.length })
    plain += part
  }
  return snippetOf(plain, hits)
}
