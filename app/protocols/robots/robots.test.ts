import robotsParser, { type Robot } from 'robots-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'

// Its types say that the module is an object that holds the function; it is the function.
const parse = robotsParser as unknown as (url: string, text: string) => Robot

let kura: Institutions
let [open, closed] = ['', '']
let rules: Robot

beforeAll(async () => {
  kura = await openInstitutions(['open', 'closed'], ({ id }) => (id.startsWith('closed') ? { state: 'closed' } : {}))
  ;[open, closed] = kura.ids as [string, string]
  const url = `https://${open}.example`
  rules = parse(`${url}/robots.txt`, await (await kura.request(open, '/robots.txt')).text())
})
afterAll(() => kura.close())

const mayFetch = (path: string, robot = 'Anybot') => rules.isAllowed(`https://${open}.example${path}`, robot)

describe('a crawler', () => {
  it.each([
    '/',
    '/items/1',
    '/items/1?lang=en',
    '/items/1/versions/2',
    '/items/1/files/a.pdf',
    '/items/1/linkset.json',
    '/collections',
    '/collections/3?after=2026-01-01.7',
    '/search',
    '/feed.atom',
    '/collections/3/feed.rss',
    '/sitemap.xml',
    '/sitemap-items-0.xml',
    '/oai?verb=Identify',
    '/api',
    '/assets/kura.0.css',
  ])('may fetch %s', (path) => {
    expect(mayFetch(path)).toBe(true)
  })

  it.each([
    '/search?q=tides',
    '/search?type=thesis&sort=newest',
    '/search?after=x',
    '/feed.atom?q=tides',
    '/feed.rss?subject=x',
    '/api/v1/search',
    '/items/1/preview/a.csv',
  ])('is kept off %s', (path) => {
    expect(mayFetch(path)).toBe(false)
  })

  it('is told the same as every other', () => {
    for (const robot of ['Googlebot', 'GPTBot', 'CCBot', 'Bytespider']) {
      expect(mayFetch('/items/1', robot)).toBe(true)
      expect(mayFetch('/search?q=x', robot)).toBe(false)
    }
  })

  it('is led to the sitemap', () => {
    expect(rules.getSitemaps()).toEqual([`https://${open}.example/sitemap.xml`])
  })

  it('finds nothing, not even rules, where the institution is closed', async () => {
    expect((await kura.request(closed, '/robots.txt')).status).toBe(410)
  })

  it('lists pages in its results, and nothing that is for programs', async () => {
    const tagOf = async (path: string) => (await kura.request(open, path)).headers.get('x-robots-tag')
    for (const path of ['/', '/search', '/collections']) expect(await tagOf(path), path).toBeNull()
    for (const path of ['/api/v1/search', '/oai?verb=Identify', '/feed.atom', '/sitemap.xml', '/opensearch.xml'])
      expect(await tagOf(path), path).toBe('noindex')
  })
})
