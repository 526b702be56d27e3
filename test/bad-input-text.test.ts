import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseXml } from '../app/records/formats/xml.ts'
import { readJpcoar } from '../app/records/index.ts'
import { Record } from '../app/records/model.ts'
import { anyRecord } from '../app/records/record.arbitrary.ts'
import { storableRecord } from '../app/records/stored.ts'
import { type Depositor, depositor, jsonOf } from './support/depositor.ts'
import { parseHtml } from './support/html.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { fc, timeout, tried } from './support/property.ts'

/** What somebody wrote comes out as text, and as nothing else: no element, no attribute, no statement is made of it. */

let kura: Institutions
let [id, bare] = ['', '']
let staff: Depositor
beforeAll(async () => {
  kura = await openInstitutions(['text', 'bare'])
  ;[id, bare] = kura.ids as [string, string]
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></textarea></style><svg/onload=alert(1)>',
  '<!-- --><?php ?><![CDATA[',
  ']]>',
  '&lt;b&gt;&amp;&#60;b>',
  "'; drop table item; --",
  "\\'; select pg_sleep(9); /*",
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  '\u2028</p><p onclick=x>\u202e',
]
const harmless = (index: number) => `harmless words ${index}`

/** The same record twice, with a hostile text in every place that takes one, and with a harmless text there. */
function twins(record: Record): [hostile: Record, harmless: Record] {
  let count = 0
  const bad: unknown = JSON.parse(JSON.stringify(storableRecord(record)))
  const good: unknown = JSON.parse(JSON.stringify(bad))
  const walk = (a: Tree, b: Tree, path = '') => {
    for (const key of Object.keys(a)) {
      const value = a[key]
      if (typeof value === 'object' && value !== null) walk(value as Tree, b[key] as Tree, `${path}${key}.`)
      // What is no address would be the path of a file that did not come along.
      if (typeof value !== 'string' || /^files\.\d+\.uri$/.test(path + key)) continue
      count++
      a[key] = `${HOSTILE[count % HOSTILE.length]} ${count}`
      if (!Record.safeParse(bad).success) a[key] = value
      else b[key] = harmless(count)
    }
  }
  walk(bad as Tree, good as Tree)
  return [Record.parse(bad), Record.parse(good)]
}
type Tree = { [key: string]: unknown }

/** Elements, their attributes' names, and where those lead that lead somewhere: all that is not text. */
const skeleton = (html: string) =>
  parseHtml(html).map(({ name, attributes }) => {
    const names = [...attributes.keys()].sort().join(' ')
    return `<${name} ${names}>`
  })

/** Those of our own: modules from a file of ours, and data of schema.org. */
const OUR_SCRIPTS = ['<script src type>', '<script type>']
const isForeignScript = (element: string) => element.startsWith('<script') && !OUR_SCRIPTS.includes(element)

/** Where a browser would go, or what it would load. */
const addressesIn = (html: string) =>
  parseHtml(html).flatMap(({ attributes }) =>
    ['href', 'src', 'action', 'formaction', 'data', 'srcset'].flatMap((name) => attributes.get(name) ?? []),
  )

let sources = 0

async function deposit(record: Record) {
  const [outcome] = await staff.lines({ source: `text-${sources++}`, record: storableRecord(record) })
  expect(outcome?.errors).toEqual([])
  const number = outcome?.item.number as number
  await staff.api(`/items/${number}/versions`, 'POST')
  await kura.settle()
  return number
}

const pageAt = async (path: string, accept = 'text/html', at = id) => {
  const response = await kura.request(at, path, { headers: { accept, 'accept-language': 'en' } })
  expect(response.status).toBeLessThan(500)
  return (await response.text()).replaceAll(/<responseDate>.*|<code>[^<]*/g, '')
}

describe('what a record says', () => {
  it(
    'is text on every page and in every format',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          anyRecord((path) => (path === 'files.uri' ? fc.webUrl() : undefined)),
          async (record) => {
            const [hostile, good] = twins(record)
            const [one, other] = [await deposit(hostile), await deposit(good)]
            for (const path of ['', '/versions/1', '?lang=ja']) {
              const [bad, fine] = [await pageAt(`/items/${one}${path}`), await pageAt(`/items/${other}${path}`)]
              expect(skeleton(bad), path).toEqual(skeleton(fine))
              expect(addressesIn(bad).filter((address) => !/^(https?:\/\/|\/(?!\/)|#|mailto:)/.test(address))).toEqual(
                [],
              )
            }
            for (const prefix of ['oai_dc', 'jpcoar_1.0', 'jpcoar_2.0', 'jpcoar_2.1']) {
              const ask = (number: number) =>
                pageAt(
                  `/oai?verb=GetRecord&metadataPrefix=${prefix}&identifier=oai:${id}.example:${String(number).padStart(8, '0')}`,
                )
              expect(elements(await ask(one)), prefix).toEqual(elements(await ask(other)))
            }
            const read = readJpcoar(await pageAt(`/items/${one}`, 'application/xml'))
            expect(read.errors).toEqual([])
            expect(read.record?.titles).toEqual(hostile.titles)
            const { record: stored } = await jsonOf<{ record: Record }>(staff.api(`/items/${one}`))
            expect(stored).toEqual(hostile)
            // Lists and tombstones.
            expect(skeleton(await pageAt('/search?q=%3Cscript%3E')).filter(isForeignScript)).toEqual([])
            expect(
              skeleton(await pageAt('/')).filter(
                (element) => isForeignScript(element) || /img|svg onload|onerror/.test(element),
              ),
            ).toEqual([])
            for (const [number, reason] of [
              [one, HOSTILE[1]],
              [other, 'A harmless reason'],
            ] as const)
              await staff.api(`/items/${number}/withdrawal`, 'POST', { reason })
            expect(skeleton(await pageAt(`/items/${one}`))).toEqual(skeleton(await pageAt(`/items/${other}`)))
          },
        ),
        tried('hostile text', 25, 8),
      )
    },
    timeout(8),
  )

  /** Names of an answer's elements and attributes, in order. */
  const elements = (xml: string): string[] => {
    const names: string[] = []
    const visit = (element: ReturnType<typeof parseXml>['root']) => {
      names.push([element.name, ...element.attributes.keys()].join(' '))
      element.children.forEach(visit)
    }
    visit(parseXml(xml, new Map()).root)
    return names
  }
})

describe('what a request says', () => {
  it.each(HOSTILE)('is text on every page: %s', async (text) => {
    const [bad, fine] = [encodeURIComponent(text), 'harmless']
    for (const path of [
      '/search?q=X',
      '/search?q=zz&after=X',
      '/search?q=zz&lang=X',
      '/search?q=zz&X=1',
      '/nothing/X',
      '/items/1/files/X',
      '/items/99999?X',
    ]) {
      const html = await pageAt(path.replace('X', bad), undefined, bare)
      expect(skeleton(html), path).toEqual(skeleton(await pageAt(path.replace('X', fine), undefined, bare)))
      expect(addressesIn(html).filter((address) => !/^(https?:\/\/|\/(?!\/)|#|mailto:)/.test(address))).toEqual([])
    }
    for (const name of ['verb', 'metadataPrefix', 'resumptionToken', 'set', 'from', 'identifier'])
      parseXml(await pageAt(`/oai?verb=ListRecords&${name}=${bad}`), new Map())
  })
})

it('what a collection or a file is called is text too', async () => {
  for (const text of HOSTILE) {
    const { id: collection } = await jsonOf<{ id: number }>(
      staff.api('/collections', 'POST', { name: { ja: text.replace('\u2028', ''), en: text.replace('\u2028', '') } }),
    )
    expect(collection).toBeGreaterThan(0)
    const name = `${text.replaceAll(/[/\\]/g, '_')}.txt`
    const [outcome] = await staff.zip({
      'named.xml':
        '<jpcoar:jpcoar xmlns:jpcoar="https://github.com/JPCOAR/schema/blob/master/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Named</dc:title><dc:type>journal article</dc:type></jpcoar:jpcoar>',
      [`named/${name}`]: 'its bytes',
    })
    const html = await pageAt(`/items/${outcome?.item.number}`)
    const link = parseHtml(html).find(({ text }) => text === name)
    expect(link, name).toBeDefined()
    const preview = addressesIn(html).find((address) => address.includes('/preview/')) as string
    for (const page of [html, await pageAt(preview)])
      expect(skeleton(page).filter((element) => isForeignScript(element) || /<(img|p onclick)/.test(element))).toEqual(
        [],
      )
    const { files } = await jsonOf(staff.api(`/items/${outcome?.item.number}`))
    const response = await kura.request(id, new URL(files[0]?.url as string).pathname)
    expect([files[0]?.url, response.status, await response.text()]).toEqual([expect.anything(), 200, 'its bytes'])
    expect(response.headers.get('content-disposition')).toMatch(/^inline; filename[^\r\n]*$/)
  }
  parseXml(await pageAt('/oai?verb=ListSets'), new Map())
})
