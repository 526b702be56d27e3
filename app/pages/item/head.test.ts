import { describe, expect, it, vi } from 'vitest'
import { item, pageIn } from '../../../test/pages/examples.ts'
import { parseHtml } from '../../../test/support/html.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import { signposts } from '../../protocols/signposting/index.ts'
import { renderItem } from './index.tsx'

/* What formats say is tested with them: here, that it reaches programs as it was said. */
vi.mock('../../records/formats/outputs.ts', () => ({
  citationStyles: ['apa', 'sist02'],
  cite: (d: Dissemination, style: string) => [
    { text: `${style}: ${d.record.titles[0]?.value} ` },
    { text: 'Journal', italic: true },
  ],
  citationTags: (d: Dissemination) => [{ name: 'citation_title', content: d.record.titles[0]?.value }],
  schemaOrg: (d: Dissemination) => ({ name: d.record.titles[0]?.value }),
  outputs: [{ id: 'bibtex', name: 'BibTeX', mediaType: 'application/x-bibtex', extension: 'bib' }],
}))

const titled = (value: string): Dissemination =>
  item({ record: { ...item().record, titles: [{ value, lang: 'en' }] }, files: [] })
const elementsOf = (d: Dissemination) => parseHtml(renderItem(pageIn('en'), d))
const linksIn = (d: Dissemination) =>
  elementsOf(d)
    .filter(({ name }) => name === 'link')
    .map(({ attributes }) => Object.fromEntries(attributes))

describe('the head of an item’s page', () => {
  it.each(['</script><script>alert(1)</script>', '<!-- <script>', ']]></SCRIPT\t>', '"\\u003c\\', '\u2028港\u202e'])(
    'holds what schema.org says as data that nothing gets out of: %j',
    (title) => {
      const scripts = elementsOf(titled(title)).filter(({ name }) => name === 'script')
      expect(scripts.map(({ attributes }) => attributes.get('type'))).toEqual(['module', 'application/ld+json'])
      expect(JSON.parse(scripts[1]?.text ?? '')).toEqual({ name: title })
    },
  )

  it('holds the tags of indexers as they are', () => {
    const tag = elementsOf(titled('"><b>')).find(({ attributes }) => attributes.get('name') === 'citation_title')
    expect(tag?.attributes.get('content')).toBe('"><b>')
  })

  it('leads to the other formats, and says what to cite: the DOI, or the page where there is none', () => {
    expect(linksIn(item())).toContainEqual({
      rel: 'alternate describedby',
      type: 'application/x-bibtex',
      title: 'BibTeX',
      href: 'https://repository.minato.example/items/1/metadata/bibtex',
    })
    expect(linksIn(item())).toContainEqual({ rel: 'cite-as', href: 'https://doi.org/10.99999/minato.12.3.45' })
    const { identifiers: _, identifierRegistration: __, ...record } = item().record
    const without = item({ record: { ...record, identifiers: [] } })
    expect(linksIn(without)).toContainEqual({ rel: 'cite-as', href: 'https://repository.minato.example/items/1' })
  })

  it('says what the Link header says is to be cited: a Handle, and a version by its own address', () => {
    const { identifierRegistration: _, ...record } = item().record
    const identifiers = [{ type: 'HDL' as const, value: '20.500.99999/1' }]
    const handled = item({ record: { ...record, identifiers } })
    const version = { version: 1, madeAt: new Date(), url: `${handled.url}/versions/1` }
    for (const [d, href] of [
      [handled, 'https://hdl.handle.net/20.500.99999/1'],
      [item({ version, url: version.url }), version.url],
    ] as const) {
      expect(linksIn(d)).toContainEqual({ rel: 'cite-as', href })
      expect(signposts(d, { url: 'https://repository.minato.example', name: { ja: '港' } })).toContain(
        `<${href}>; rel="cite-as"`,
      )
    }
  })

  it('of a version offers no formats, which are of the item as it stands', () => {
    const version = { version: 1, madeAt: new Date(), url: 'https://repository.minato.example/items/1/versions/1' }
    expect(linksIn(item({ version })).map(({ rel }) => rel)).not.toContain('alternate describedby')
  })
})

describe('the citations of a work', () => {
  it('are all in the page, the one that is usual in its language chosen', () => {
    for (const [language, usual] of [
      ['ja', 'sist02'],
      ['en', 'apa'],
    ] as const) {
      const elements = parseHtml(renderItem(pageIn(language), titled('Tides')))
      const inputs = elements.filter(({ attributes }) => attributes.get('name') === 'citation-style')
      expect(inputs.map(({ attributes }) => attributes.get('value'))).toEqual(['apa', 'sist02'])
      expect(inputs.filter(({ attributes }) => attributes.has('checked'))[0]?.attributes.get('value')).toBe(usual)
      expect(elements.find(({ attributes }) => attributes.get('id') === 'citation-apa')?.text).toBe(
        'apa: Tides Journal',
      )
      expect(elements.find(({ attributes }) => attributes.has('data-copies'))?.attributes.get('data-copies')).toBe(
        `citation-${usual}`,
      )
    }
  })
})
