import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { ofClass, parseHtml } from '../../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { Record } from '../../records/model.ts'
import { related } from '../../search/index.ts'

let kura: Institutions
let id: string
let staff: Depositor
beforeAll(async () => {
  kura = await openInstitutions(['browsed'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const page = async (path: string) =>
  await (await kura.request(id, path, { headers: { 'accept-language': 'en' } })).text()

/** What a list of people or subjects shows: initials with the names under them. */
const listed = async (path: string) =>
  parseHtml(await page(path))
    .filter(({ name, classes }) => name === 'section' && classes.includes('initial'))
    .map(({ elements }) => [
      elements.find(({ name }) => name === 'h2')?.text,
      ...elements.filter(({ name }) => name === 'li').map(({ text }) => text.replace(/\s+/g, ' ').trim()),
    ])

const person = (name: string, reading?: string, orcid?: string) => ({
  names: [{ value: name, lang: 'ja' }, ...(reading ? [{ value: reading, lang: 'ja-Kana' }] : [])],
  identifiers: orcid ? [{ scheme: 'ORCID', value: `https://orcid.org/${orcid}` }] : [],
})

async function deposit(...records: object[]): Promise<number[]> {
  const outcomes = await staff.lines(...records.map((record, i) => ({ source: `${Math.random()} ${i}`, record })))
  await kura.settle()
  return outcomes.map(({ item }) => item.number)
}

describe('lists of people and subjects', () => {
  it('show names under their initials, lead to the items, and follow them', async () => {
    const [first] = await deposit(
      minimal('Cranes', {
        creators: [person('鶴見, 渚', 'ツルミ, ナギサ', '0000-0002-1825-0097'), person('Crane, Ada')],
        subjects: [{ value: '渡り鳥', lang: 'ja', scheme: 'Other' }],
      }),
      minimal('More cranes', { creators: [person('鶴見, 渚')] }),
    )
    expect(await listed('/people')).toEqual([
      ['た', '鶴見, 渚 ORCID 2'],
      ['C', 'Crane, Ada 1'],
    ])
    expect(await listed('/subjects')).toEqual([['Other', '渡り鳥 1']])
    const links = parseHtml(await page('/people')).flatMap(({ attributes }) => attributes.get('href') ?? [])
    expect(links).toContain('https://orcid.org/0000-0002-1825-0097')
    const found = links.find((href) => href.startsWith('/search?creator=')) as string
    expect(await page(found)).toContain('2 items')

    await staff.api(`/items/${first}/withdrawal`, 'POST', { reason: 'x' }, { 'if-match': '*' })
    await kura.settle()
    expect(await listed('/people')).toEqual([['た', '鶴見, 渚 1']])
    expect(await listed('/subjects')).toEqual([])
  })

  it('go on page after page, begin at an initial or at what is typed, and are never an error', async () => {
    const names = Array.from({ length: 120 }, (_, i) => person(`Heron ${String(i).padStart(3, '0')}`))
    await deposit(minimal('Herons', { creators: names.slice(0, 60) }), minimal('x', { creators: names.slice(60) }))
    const seen: (string | undefined)[] = []
    for (let next: string | undefined = '/people?prefix=heron'; next; ) {
      seen.push(...(await listed(next)).flatMap((names) => names.slice(1)))
      const elements = parseHtml(await page(next))
      next = elements
        .find(({ name, attributes }) => name === 'a' && attributes.get('rel') === 'next')
        ?.attributes.get('href')
    }
    expect(seen).toEqual(names.map((_, i) => `Heron ${String(i).padStart(3, '0')} 1`))
    expect((await listed('/people?from=H')).map(([initial]) => initial)).toEqual(['H'])
    expect(await page('/people?prefix=heron')).toContain('<meta name="robots" content="noindex, follow"/>')
    for (const query of [
      'from=%00',
      'after=x',
      'after=WyIwIl0',
      'prefix=%00',
      'prefix=%F0',
      `prefix=${'x'.repeat(3_000)}`,
      'from=%23',
    ])
      expect((await kura.request(id, `/people?${query}`)).status, query).toBe(200)
  })
})

describe('items that are like one', () => {
  it('share people or subjects with it, and are public', async () => {
    const subjects = [{ value: 'egrets of the delta', lang: 'en', scheme: 'Other' }]
    const [first, second, third] = (await deposit(
      minimal('Egrets', { subjects }),
      minimal('More egrets', { subjects }),
      minimal('Last egrets', { subjects }),
    )) as [number, number, number]
    const record = Record.parse(minimal('Egrets', { subjects }))
    const alike = async () => (await related(kura.tenant(id), { number: first, record }, 5)).map(({ number }) => number)
    expect(await alike()).toEqual([third, second])
    // Gone at once, though the index still holds it.
    const { db } = kura.tenant(id)
    await db.updateTable('item').set({ status: 'withdrawn' }).where('number', '=', third).execute()
    expect(await alike()).toEqual([second])
  })
})

describe('a search that finds nothing', () => {
  it('offers what would find something, with the number of items, and people of that name', async () => {
    await deposit(
      minimal('Ibises and reeds', { creators: [person('Ibsen, Iris')], dates: [{ value: '1999', type: 'Issued' }] }),
      minimal('里山の保全について'),
    )
    const offers = async (query: string) =>
      parseHtml(await page(`/search?${query}`))
        .filter(({ classes }) => classes.includes('offers'))
        .flatMap(({ elements }) => elements.filter(({ name }) => name === 'li'))
        .map(({ text }) => text.trim())
    expect(await offers('q=ibises+zeppelins')).toEqual([
      'Leave out “zeppelins” 1 item',
      'Search for any one of these words 1 item',
    ])
    expect(await offers('q=ibises&from=2020&type=book')).toEqual(['Without any limits 1 item'])
    expect(await offers('q=ibises&from=2020')).toEqual(['Without the limit to years 1 item'])
    expect(await offers(`q=${encodeURIComponent('里山保全')}`)).toEqual(['Search for “里山 保全”, word by word 1 item'])
    expect(await offers('q=ibse')).toEqual(['Creator: Ibsen, Iris 1 item'])
    expect(await offers('q="no+such"')).toEqual([])
  })
})

describe('a page of results', () => {
  it('keeps its size in every address, and asks not to be kept where it is narrowed', async () => {
    const html = await page('/search?size=50&q=heron')
    const leading = parseHtml(html).flatMap(({ attributes }) => attributes.get('href') ?? [])
    expect(leading.filter((href) => href.startsWith('/search?') && !href.includes('size=50'))).toEqual([])
    expect(html).toContain('<meta name="robots" content="noindex, follow"/>')
    expect(await page('/search')).not.toContain('noindex')
    expect(await page('/search?size=7')).not.toContain('href="/search?size=7')
  })
})

describe('the tree of collections', () => {
  it('opens branch by branch: each says where its own are', async () => {
    const make = async (ja: string, parent?: number) =>
      (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja }, ...(parent && { parent }) }))).id
    const top = await make('top')
    const middle = await make('middle', top)
    await make('leaf', middle)
    const branchesIn = async (path: string) =>
      parseHtml(await page(path)).flatMap(({ attributes }) => attributes.get('data-branch') ?? [])
    expect(await branchesIn('/collections')).toEqual([`/collections/${top}`])
    expect(await branchesIn(`/collections/${top}`)).toEqual([`/collections/${middle}`])
    expect(await branchesIn(`/collections/${middle}`)).toEqual([])
    expect(ofClass(parseHtml(await page('/collections')), 'below')?.text).toContain('middle')
  })
})
