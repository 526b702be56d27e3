import { createToken } from '../../app/accounts/index.ts'
import { listen } from '../../app/platform/listening.ts'
import { setLogo } from '../../app/settings/store.ts'
import { bilingual, fullRecord } from '../pages/examples.ts'
import { depositor, jsonOf, minimal, minimalXml } from '../support/depositor.ts'
import { freePort } from '../support/free-port.ts'
import { png } from '../support/images.ts'
import { type Institutions, openInstitutions } from '../support/institutions.ts'
import { pdfOf } from '../support/pdf.ts'

/** What browsers are sent to, as readers reach them. */
export interface Site {
  /** Addresses of institutions, without a slash at the end: of one that has everything, and one that has nothing, */
  full: string
  bare: string
  /** of one that is no more, and one whose database is lost. */
  closed: string
  lost: string
  /** Numbers of items of the first: with every element, the most people, the most files, the least, files of each kind. */
  items: { complete: number; longest: number; manyFiles: number; least: number; files: number; withdrawn: number }
  /** A list, a bulletin's contents, which lies in it, and the deepest of those below each other. */
  collections: { list: number; contents: number; deepest: number }
  close(): Promise<void>
}

/** Creators of one record, and files of another. */
const MANY = 1_000

export async function openSite(): Promise<Site> {
  const port = await freePort('127.0.0.1')
  // Browsers know this machine by these names, and trust it as they trust https.
  const hostOf = (id: string) => `${id}.localhost`
  const urlOf = (id: string) => `http://${hostOf(id)}:${port}`
  const kura = await openInstitutions(['full', 'bare', 'closed', 'lost'], ({ id }) => ({
    hosts: [hostOf(id)],
    url: urlOf(id),
    ...(id.startsWith('full') && { initial: bilingual }),
    ...(id.startsWith('closed') && { state: 'closed' }),
  }))
  const [full, bare, closed, lost] = kura.ids as [string, string, string, string]
  const reached: Institutions = {
    ...kura,
    request: (id, path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('host', hostOf(id))
      return Promise.resolve(kura.app.request(`${urlOf(id)}${path}`, { ...init, headers }))
    },
  }
  const token = await createToken(kura.tenant(full), ['import', 'items:write'])
  const items = await deposit(reached, full, token)
  const collections = await gather(reached, full, token, items)
  await setLogo(kura.tenant(full), png(120, 40))
  await kura.settle()
  await kura.dropDatabase(lost)
  const stop = await listen(kura.app, { port, addresses: ['127.0.0.1'] })
  return {
    full: urlOf(full),
    bare: urlOf(bare),
    closed: urlOf(closed),
    lost: urlOf(lost),
    items,
    collections,
    close: async () => {
      await stop()
      await kura.close()
    },
  }
}

async function deposit(kura: Institutions, id: string, token: string): Promise<Site['items']> {
  const staff = depositor(kura, id, token)
  const outcomes = [
    ...(await staff.lines(
      { source: 'complete', record: { ...fullRecord, files: [] } },
      { source: 'least', record: { titles: [{ value: '' }], type: { term: 'other' } } },
      { source: 'withdrawn', record: minimal('取り下げられた資料') },
    )),
    ...(await staff.zip({ 'longest.xml': longest() })),
    ...(await staff.zip(manyFiles())),
    ...(await staff.zip({
      'files.xml': minimalXml('One file of each kind'),
      'files/picture.png': png(640, 480),
      'files/notes.txt': 'Notes\n'.repeat(200),
      'files/table.csv': `year,level\n${'1921,12.5\n'.repeat(50)}`,
      'files/article.pdf': pdfOf(3),
      'files/data.zip': 'not shown in the page',
      ...Object.fromEntries(['closed', 'later'].map((name) => [`files/${name}.txt`, name])),
    })),
  ]
  const [complete, least, withdrawn, most, many, files] = outcomes.map(({ item }) => item.number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  await staff.api(`/items/${withdrawn}/withdrawal`, 'POST', { reason: '著者の申し出による' })
  const access = [
    { name: 'closed.txt', access: 'closed' },
    { name: 'later.txt', access: 'embargoed', until: '2099-04-01' },
  ]
  await staff.api(`/items/${files}`, 'PATCH', { files: access }, { 'if-match': '*' })
  await staff.api(`/items/${complete}/versions`, 'POST')
  // Enough for more than one page of a list.
  await staff.lines(
    ...Array.from({ length: 30 }, (_, i) => ({
      source: `tide ${i}`,
      record: minimal(`Tides of the ${i + 1}th year`, { dates: [{ type: 'Issued', value: `${1990 + i}` }] }),
    })),
  )
  return { complete, least, withdrawn, longest: most, manyFiles: many, files }
}

/** A record of a thousand people, with a title that no line holds, in four scripts. */
function longest(): string {
  const creators = Array.from(
    { length: MANY },
    (_, i) => `<jpcoar:creator>
      <jpcoar:nameIdentifier nameIdentifierScheme="ORCID">0000-0001-2345-6789</jpcoar:nameIdentifier>
      <jpcoar:creatorName xml:lang="en">Author, Number ${i}</jpcoar:creatorName>
      <jpcoar:creatorName xml:lang="ja">著者, 第${i}</jpcoar:creatorName>
    </jpcoar:creator>`,
  )
  const title = `潮位観測記録の長期変動 ${'Unbrokenness'.repeat(12)} سجلات المد والجزر בנמלים ${'港湾都市'.repeat(40)}`
  return minimalXml(title, { files: creators.join('\n') })
}

/** A record of a thousand files, of a kind whose text nobody reads one by one. */
const manyFiles = (): Record<string, string> => ({
  'parts.xml': minimalXml('A thousand parts'),
  ...Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`parts/part-${i}.gz`, `Part ${i}`])),
})

async function gather(
  kura: Institutions,
  id: string,
  token: string,
  items: Site['items'],
): Promise<Site['collections']> {
  const staff = depositor(kura, id, token)
  const make = async (body: object) =>
    await jsonOf<{ id: number; headings: { id: number }[] }>(staff.api('/collections', 'POST', body))
  const list = await make({ name: { ja: '海洋学部', en: 'School of Marine Science' } })
  const contents = await make({
    name: { ja: 'みなと大学海洋学部紀要', en: 'Bulletin of Marine Science' },
    parent: list.id,
    kind: 'contents',
    headings: [{ name: { ja: '論文', en: 'Articles' } }],
  })
  let deepest = list.id
  for (const level of ['部門', '専攻', '講座', '研究室', '班', '年度', '観測点', '測器'])
    deepest = (
      await make({ name: { ja: `潮位観測${level}`, en: `Unbroken observation of tides, ${level}` }, parent: deepest })
    ).id
  const inContents = { collection: contents.id, heading: contents.headings[0]?.id }
  for (const number of [items.complete, items.longest])
    await staff.api(`/items/${number}/collections`, 'PUT', { collections: [list.id, inContents] })
  for (const number of [items.least, items.files])
    await staff.api(`/items/${number}/collections`, 'PUT', { collections: [list.id] })
  return { list: list.id, contents: contents.id, deepest }
}
