import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseHtml } from '../../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import type { Document } from '../../api/index.ts'
import { documentInJapanese } from '../languages/ja/document/index.ts'
import { curlOf } from './curl.ts'
import { partsOf } from './parts.ts'

let kura: Institutions
let id: string
let document: Document

beforeAll(async () => {
  kura = await openInstitutions(['reader'])
  id = kura.ids[0] as string
  document = (await (await kura.request(id, '/api/v1/openapi.json')).json()) as Document
})
afterAll(() => kura.close())

const pages = () => ['/api', ...partsOf(document).map(({ slug }) => `/api/${slug}`), '/api/schemas']
const read = async (path: string, lang: string) => {
  const response = await kura.request(id, `${path}?lang=${lang}`)
  expect(response.status, path).toBe(200)
  return await response.text()
}

/** All that the document says in words. */
function sentences(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(sentences)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'example' || key === 'default') return []
    return typeof value === 'string' ? (['summary', 'description'].includes(key) ? [value] : []) : sentences(value)
  })
}

describe('the reference of the API', () => {
  it('has a place for each operation and each schema, and no link that leads nowhere', async () => {
    const anchors = new Set<string>()
    const links: string[] = []
    for (const path of pages())
      for (const { name, attributes } of parseHtml(await read(path, 'en'))) {
        const anchor = attributes.get('id')
        if (anchor !== undefined) anchors.add(`${path}#${anchor}`)
        const href = name === 'a' ? attributes.get('href') : undefined
        if (href?.startsWith('#')) links.push(`${path}${href}`)
        else if (href?.startsWith('/api') && href.includes('#')) links.push(href)
      }
    expect(links.filter((link) => !anchors.has(link))).toEqual([])
    for (const { slug, operations } of partsOf(document))
      for (const operation of operations) expect(anchors).toContain(`/api/${slug}#${operation.id}`)
    for (const name of Object.keys(document.components?.schemas ?? {}))
      expect(anchors).toContain(`/api/schemas#${name}`)
  })

  it('says in Japanese all that the document says', () => {
    const { paths, tags, components } = document
    const said = new Set([
      ...(tags ?? []).map(({ name }) => name),
      ...sentences([tags, paths, components?.schemas, components?.responses]),
    ])
    expect([...said].filter((sentence) => documentInJapanese[sentence] === undefined)).toEqual([])
    expect(Object.keys(documentInJapanese).filter((sentence) => !said.has(sentence))).toEqual([])
  })

  it('has no sentence of another language on a page without saying so', async () => {
    for (const path of pages()) {
      expect(await read(path, 'ja'), path).not.toMatch(/<span lang="en">/)
      expect(await read(path, 'en'), path).not.toMatch(/undefined|\[object /)
    }
  })

  it('is there for one institution alone: its own address stands in each call', async () => {
    const calls = partsOf(document).flatMap(({ operations }) =>
      operations.map((operation) => curlOf(`https://${id}.example`, operation)),
    )
    for (const call of calls) expect(call).toContain(`'https://${id}.example/api/v1`)
    expect(curlOf('https://a.example', { ...firstOf('/api/v1/search'), scope: undefined })).toBe(
      `curl 'https://a.example/api/v1/search' \\\n  -G --data-urlencode 'q=title:里山 (保全 OR 再生) -"意識調査"'`,
    )
  })

  it('knows no part that the document does not have', async () => {
    expect((await kura.request(id, '/api/nothing')).status).toBe(404)
  })
})

function firstOf(path: string) {
  const found = partsOf(document)
    .flatMap(({ operations }) => operations)
    .find((each) => each.path === path)
  if (!found) throw new Error(`no operation at ${path}`)
  return found
}
