import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimalXml } from '../../../test/support/depositor.ts'
import { type HtmlElement, ofClass, parseHtml } from '../../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { awkwardBytes } from '../../../test/support/nonsense.ts'
import { fc, timeout, tried } from '../../../test/support/property.ts'
import { faultsOfHtml } from '../../../test/support/valid-html.ts'

let kura: Institutions
let id: string
let number: number
const SJIS = [0x93, 0xfa, 0x96, 0x7b]
const wide = Array.from({ length: 150 }, (_, row) => Array.from({ length: 40 }, (_, column) => `${row}-${column}`))

beforeAll(async () => {
  kura = await openInstitutions(['shown'])
  id = kura.ids[0] as string
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const [outcome] = await staff.zip({
    'r.xml': minimalXml('With files'),
    'r/notes.txt': '潮位の記録\n<script>alert(1)</script>',
    'r/sjis.txt': new Uint8Array(SJIS),
    'r/long.txt': 'あ'.repeat(40_000),
    'r/long-sjis.txt': new Uint8Array(Array(80_001).fill(SJIS).flat()),
    'r/binary.txt': new Uint8Array(1_000).map((_, index) => index % 32),
    'r/empty.txt': '',
    'r/read.me/a b#?.md': '# 見出し',
    'r/data.json': '{"a":1}',
    'r/tides.csv': '観測所,潮位\n"港, 北",12.5\n港南,-3\n',
    'r/semicolons.csv': 'a;b\n1;2\n',
    'r/wide.tsv': wide.map((row) => row.join('\t')).join('\n'),
    'r/unclosed.csv': 'a,b\n1,2\n"3,4\n',
    'r/nothing.csv': '',
    'r/map.png': 'png',
    'r/tide.mp3': 'mp3',
    'r/tide.mp4': 'mp4',
    'r/paper.pdf': '%PDF-1.4',
    'r/page.html': '<b>x</b>',
    'r/drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'r/data.zip': 'x',
    'r/closed.txt': 'closed words',
    'r/later.txt': 'later words',
  })
  number = outcome?.item.number as number
  const files = [
    { name: 'closed.txt', access: 'closed' },
    { name: 'later.txt', access: 'embargoed', until: '2099-01-01' },
  ]
  await staff.api(`/items/${number}`, 'PATCH', { files }, { 'if-match': '"1"' })
})
afterAll(() => kura.close())

const address = (name: string) => `/items/${number}/preview/${name.split('/').map(encodeURIComponent).join('/')}`
const ask = async (path: string) => await kura.request(id, path, { headers: { 'accept-language': 'en' } })
async function preview(name: string): Promise<HtmlElement> {
  const response = await ask(address(name))
  expect(response.status, name).toBe(200)
  return ofClass(parseHtml(await response.text()), 'preview') as HtmlElement
}
const textIn = async (name: string) => (await preview(name)).elements.find(({ name }) => name === 'pre')?.text
async function rowsIn(name: string): Promise<string[][]> {
  const rows = (await preview(name)).elements.filter(({ name }) => name === 'tr')
  return rows.map(({ elements }) => elements.map(({ text }) => text))
}

describe('the preview of a file', () => {
  it('shows a text as text, in whatever encoding it is', async () => {
    expect(await textIn('notes.txt')).toBe('潮位の記録\n<script>alert(1)</script>')
    expect(await textIn('sjis.txt')).toBe('日本')
    expect(await textIn('read.me/a b#?.md')).toBe('# 見出し')
    expect(await textIn('data.json')).toBe('{"a":1}')
  })

  it('shows the beginning of a long text, to its last whole character', async () => {
    expect(await textIn('long.txt')).toBe('あ'.repeat(33_333))
    expect((await preview('long.txt')).text).toContain('This is the beginning.')
    expect(await textIn('long-sjis.txt')).toBe('日本'.repeat(25_000))
  })

  it('says so where a file is empty, or no text whatever it is called', async () => {
    expect((await preview('empty.txt')).text).toBe('There is nothing in this file.')
    expect((await preview('nothing.csv')).text).toBe('There is nothing in this file.')
    expect((await preview('binary.txt')).text).toBe('What is in this file cannot be shown in a page.')
  })

  it('shows a table with its head', async () => {
    expect(await rowsIn('tides.csv')).toEqual([
      ['観測所', '潮位'],
      ['港, 北', '12.5'],
      ['港南', '-3'],
    ])
    expect(await rowsIn('semicolons.csv')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    // What a quotation mark opens and nothing closes is left out.
    expect(await rowsIn('unclosed.csv')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('shows the first hundred rows and thirty columns of a larger one, and says so', async () => {
    expect(await rowsIn('wide.tsv')).toEqual(wide.slice(0, 101).map((row) => row.slice(0, 30)))
    expect((await preview('wide.tsv')).text).toContain('the first 100 rows')
    expect((await preview('wide.tsv')).text).toContain('the first 30 columns')
  })

  it('of what a browser shows itself leads it to the download, on this host', async () => {
    for (const [name, element] of [
      ['map.png', 'img'],
      ['tide.mp3', 'audio'],
      ['tide.mp4', 'video'],
    ] as const) {
      const shown = (await preview(name)).elements.find((each) => each.name === element)
      expect(shown?.attributes.get('src')).toBe(`/items/${number}/files/${name}`)
    }
  })

  it('of a PDF says where it is and what draws it, and leads to it', async () => {
    const { attributes, elements } = await preview('paper.pdf')
    expect(attributes.get('data-pdf')).toBe(`/items/${number}/files/paper.pdf`)
    const library = await ask(`${attributes.get('data-library')}legacy/build/pdf.min.mjs`)
    expect([library.status, library.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(elements.find(({ name }) => name === 'a')?.attributes.get('href')).toBe(`/items/${number}/files/paper.pdf`)
  })

  it.each(['page.html', 'drawing.svg', 'data.zip', 'none.txt', '%ff'])('of %s is not there', async (name) => {
    expect((await ask(`/items/${number}/preview/${name}`)).status).toBe(404)
  })

  it('of what a reader may not have is refused, and shows nothing of it', async () => {
    for (const name of ['closed.txt', 'later.txt']) {
      const response = await ask(address(name))
      expect([response.status, (await response.text()).includes('words')]).toEqual([403, false])
    }
  })

  it('asks not to be kept by search engines, and is valid HTML', async () => {
    for (const name of ['notes.txt', 'tides.csv', 'map.png', 'paper.pdf', 'tide.mp3', 'empty.txt']) {
      const html = await (await ask(address(name))).text()
      expect(html).toContain('<meta name="robots" content="noindex"/>')
      expect(await faultsOfHtml(html), name).toEqual([])
    }
  })

  it('is led to from the item for what can be shown and read', async () => {
    const elements = parseHtml(await (await ask(`/items/${number}`)).text())
    const links = elements.filter(({ attributes }) => attributes.has('data-preview'))
    const names = links.map(({ attributes }) => decodeURIComponent(attributes.get('href')?.split('/preview/')[1] ?? ''))
    expect(names).toContain('read.me/a b#?.md')
    for (const name of ['page.html', 'drawing.svg', 'data.zip', 'closed.txt', 'later.txt'])
      expect(names).not.toContain(name)
    for (const { attributes } of links) expect((await ask(attributes.get('href') as string)).status).toBe(200)
  })

  it('of a file that only a version holds is there by the version', async () => {
    const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
    const [outcome] = await staff.zip({ 'v.xml': minimalXml('Versions'), 'v/old.txt': 'old words' })
    const item = outcome?.item.number as number
    await staff.api(`/items/${item}/versions`, 'POST')
    await staff.zip({ 'v.xml': minimalXml('Versions'), 'v/new.txt': 'new words' })
    expect((await ask(`/items/${item}/preview/old.txt`)).status).toBe(404)
    const page = parseHtml(await (await ask(`/items/${item}/versions/1`)).text())
    const link = page.find(({ attributes }) => attributes.has('data-preview'))?.attributes.get('href')
    expect(link).toBe(`/items/${item}/preview/old.txt?version=1`)
    const shown = parseHtml(await (await ask(link as string)).text())
    expect(ofClass(shown, 'preview')?.text).toBe('old words')
    expect(shown.filter(({ attributes }) => attributes.get('href') === `/items/${item}/versions/1`)).toHaveLength(1)
  })

  it(
    'is a page, whatever the file holds',
    async () => {
      const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
      await fc.assert(
        fc.asyncProperty(awkwardBytes, fc.constantFrom('csv', 'tsv', 'txt', 'json'), async (bytes, extension) => {
          const [outcome] = await staff.zip({ 'any.xml': minimalXml('Any'), [`any/any.${extension}`]: bytes })
          const response = await ask(`/items/${outcome?.item.number}/preview/any.${extension}`)
          expect(response.status).toBe(200)
          expect(ofClass(parseHtml(await response.text()), 'preview')?.text).not.toBe('')
        }),
        tried('previews', 40, 6),
      )
    },
    timeout(6),
  )
})
