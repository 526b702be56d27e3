import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClamAv, EICAR, LATER, startClamAv } from '../../test/services/clamd.ts'
import { type Depositor, depositor, jsonOf, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { zipOf } from '../../test/support/zip.ts'
import { scanAgain } from './index.ts'

let clamav: ClamAv
let kura: Institutions
let id: string
let token: string
let mover: string
let staff: Depositor
beforeAll(async () => {
  clamav = await startClamAv()
  kura = await openInstitutions(['scanned'], undefined, undefined, clamav.services)
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  mover = await kura.token(id, 'transfer')
  staff = depositor(kura, id, token)
})
afterAll(async () => {
  await kura?.close()
  await clamav?.remove()
})

let items = 0
/** Imports an item with files, and gives its number. */
async function bring(files: Record<string, string | Uint8Array>): Promise<number> {
  const name = `item${items++}`
  const entries = Object.entries(files).map(([file, content]) => [`${name}/${file}`, content])
  const [outcome] = await staff.zip({ [`${name}.xml`]: minimalXml(`Of ${name}`), ...Object.fromEntries(entries) })
  return outcome?.item.number as number
}

const get = (path: string, headers: Record<string, string> = {}) => kura.request(id, path, { headers })
const asStaff = (path: string) => get(path, { authorization: `Bearer ${token}` })
const statusOf = async (answer: Promise<Response>) => (await answer).status

interface Said {
  files: { name: string; scan?: string; finding?: string; readable: boolean }[]
}
const scansIn = ({ files }: Said) => Object.fromEntries(files.map(({ name, scan }) => [name, scan]))
const scansOf = async (number: number) => scansIn(await jsonOf<Said>(asStaff(`/api/v1/items/${number}`)))

/** Has due what the outbox would try again later, and waits for it. */
async function tryAgain() {
  await kura.asSuperuser(id, "update outbox set due = now() where work = 'scan'")
  await kura.round(id)
  await kura.settle()
}

/** Everything that names a file of an item or holds its text, as everybody gets it. */
async function everything(number: number, word: string): Promise<string> {
  const oai = `/oai?verb=GetRecord&metadataPrefix=jpcoar_2.1&identifier=oai:${id}.example:${String(number).padStart(8, '0')}`
  const item = `/items/${number}`
  const paths = [
    `${item}/linkset`,
    `${item}/metadata/jpcoar_2.0`,
    `${item}/metadata/schema-org`,
    `/search?q=${word}`,
    oai,
  ]
  const answers = await Promise.all(paths.map(async (path) => await (await get(path)).text()))
  const page = await get(item)
  return [
    ...answers,
    page.headers.get('link'),
    (await page.text()).replaceAll(/<p class="file-name"[^>]*>[^<]*</g, ''),
  ].join('\n')
}

describe('a file', () => {
  it('is handed out once nothing was found in it, and never if something was', async () => {
    const number = await bring({
      'letter.txt': 'an honest letter of walruses',
      'plain.com': EICAR,
      'packed.zip': await zipOf({ 'in/side.com': EICAR }),
    })
    await kura.settle()
    expect(await scansOf(number)).toEqual({ 'letter.txt': 'clean', 'plain.com': 'infected', 'packed.zip': 'infected' })
    const { files } = await jsonOf<Said>(asStaff(`/api/v1/items/${number}`))
    expect(files.find(({ name }) => name === 'plain.com')?.finding).toContain('Eicar')

    expect(await (await get(`/items/${number}/files/letter.txt`)).text()).toBe('an honest letter of walruses')
    for (const name of ['plain.com', 'packed.zip']) {
      expect(await statusOf(get(`/items/${number}/files/${name}`))).toBe(404)
      expect(await statusOf(asStaff(`/items/${number}/files/${name}`))).toBe(403)
    }
    const readers = await jsonOf<Said>(get(`/api/v1/items/${number}`))
    expect(readers.files.map(({ name }) => name)).toEqual(['letter.txt'])
    const all = await everything(number, 'walruses')
    expect(all).toContain('letter.txt')
    expect(all).toContain(`Of item0`)
    expect(all).not.toMatch(/plain\.com|packed\.zip/)
  })

  it('waits while the scanner stands still, dies over it, and is gone; and is there when the scanner is', async () => {
    const content = `a letter of narwhals ${'x'.repeat(3_000_000)}`
    await clamav.freeze()
    const number = await bring({ 'later.txt': content })
    const tag = async () => (await get(`/api/v1/items/${number}`)).headers.get('etag')
    const feed = async () =>
      (await kura.asSuperuser<{ seq: number }>(id, `select seq::integer from publication where item = ${number}`))[0]
        ?.seq
    const [tagBefore, placeBefore] = [await tag(), await feed()]
    const waits = async () => {
      expect(await scansOf(number)).toEqual({ 'later.txt': 'waiting' })
      for (const ask of [get, asStaff]) {
        const answer = await ask(`/items/${number}/files/later.txt`)
        expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([409, true])
        expect(await statusOf(ask(`/items/${number}/preview/later.txt`))).toBe(409)
      }
      const page = await (await get(`/items/${number}?lang=en`)).text()
      expect(page).toContain('Being checked for viruses')
      expect(await everything(number, 'narwhals')).not.toContain('later.txt')
      const bag = await get('/api/v1/export', { authorization: `Bearer ${mover}` })
      expect([bag.status, (await bag.text()).includes('narwhals')]).toEqual([409, false])
    }
    await expect
      .poll(() => kura.asSuperuser(id, "select from outbox where work = 'scan' and attempts > 0"))
      .toHaveLength(1)
    await waits()
    await clamav.kill()
    await kura.settle()
    await waits()
    await tryAgain()
    await waits()
    expect((await kura.round(id)).unscanned?.contents).toBe(1)
    expect([await tag(), await feed()]).toEqual([tagBefore, placeBefore])

    await clamav.start()
    await tryAgain()
    expect(await scansOf(number)).toEqual({ 'later.txt': 'clean' })
    expect(await (await get(`/items/${number}/files/later.txt`)).text()).toBe(content)
    expect(await statusOf(get(`/items/${number}/preview/later.txt`))).toBe(200)
    expect(await everything(number, 'narwhals')).toContain('later.txt')
    expect(await tag()).not.toBe(tagBefore)
    expect(await feed()).toBeGreaterThan(placeBefore as number)
    expect((await kura.round(id)).unscanned?.contents).toBe(0)
    expect(await kura.asSuperuser(id, 'select from outbox')).toEqual([])
  })

  it('that is known already is not looked at a second time', async () => {
    const known = { 'known.txt': 'a letter that everybody has', 'known.com': EICAR }
    await bring(known)
    await kura.settle()
    await clamav.kill()
    const number = await bring(known)
    await kura.settle()
    await clamav.start()
    expect(await scansOf(number)).toEqual({ 'known.txt': 'clean', 'known.com': 'infected' })
    expect(await kura.asSuperuser(id, 'select from outbox')).toEqual([])
  })

  it('goes where later signatures find something in it, and stays what it is until then', async () => {
    const number = await bring({ 'story.txt': LATER, 'letter.txt': 'of manatees' })
    await kura.settle()
    const found = async () => await (await get('/api/v1/search?q=nobody+held')).text()
    expect(await found()).toContain(`Of item${items - 1}`)
    await clamav.update()
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['tools/run.mjs', 'app/cli/kura.ts', 'scan', '--tenant', id],
      { env: { ...process.env, KURA_CONFIG: kura.folder } },
    )
    expect(JSON.parse(stdout).items).toBeGreaterThan(1)
    expect(await scansOf(number)).toEqual({ 'story.txt': 'clean', 'letter.txt': 'clean' })
    expect(await statusOf(get(`/items/${number}/files/story.txt`))).toBe(200)
    await tryAgain()
    expect(await scansOf(number)).toEqual({ 'story.txt': 'infected', 'letter.txt': 'clean' })
    expect(await statusOf(get(`/items/${number}/files/story.txt`))).toBe(404)
    expect(await found()).not.toContain(`Of item${items - 1}`)
  })

  it('that the scanner cannot look into waits for staff, who may let it go', async () => {
    const much = 'much '.repeat(clamav.at.largest / 5)
    const number = await bring({ 'much.zip': await zipOf({ a: much, b: much, c: much }), 'bad.com': EICAR })
    await kura.settle()
    expect(await scansOf(number)).toEqual({ 'much.zip': 'unscannable', 'bad.com': 'infected' })
    expect(scansIn(await jsonOf<Said>(get(`/api/v1/items/${number}`)))).toEqual({ 'much.zip': 'waiting' })
    expect(await statusOf(get(`/items/${number}/files/much.zip`))).toBe(409)

    const release = (name: string) => statusOf(staff.api(`/items/${number}/releases`, 'POST', { name }))
    expect([await release('bad.com'), await release('none.zip'), await release('much.zip')]).toEqual([409, 404, 204])
    expect(await statusOf(get(`/items/${number}/files/much.zip`))).toBe(200)
    expect(await scansOf(number)).toEqual({ 'much.zip': 'released', 'bad.com': 'infected' })
    const by = await kura.asSuperuser<{ released_by: string }>(
      id,
      "select distinct released_by from scan where state = 'released'",
    )
    expect(by[0]?.released_by).toMatch(/^token:/)

    await scanAgain(kura.tenant(id))
    await tryAgain()
    expect(await scansOf(number)).toEqual({ 'much.zip': 'released', 'bad.com': 'infected' })
  })

  it('that the release before took in waits too, and is looked at by the next round', async () => {
    const number = await bring({ 'old.txt': 'a letter of dugongs' })
    await kura.settle()
    await sql`delete from scan where sha256 = sha256('a letter of dugongs')`.execute(kura.tenant(id).db)
    expect(await scansOf(number)).toEqual({ 'old.txt': 'waiting' })
    expect(await statusOf(get(`/items/${number}/files/old.txt`))).toBe(409)
    await kura.round(id)
    await kura.settle()
    expect(await scansOf(number)).toEqual({ 'old.txt': 'clean' })
  })

  it('leaves with the institution, and what is infected stays', async () => {
    const bag = await get('/api/v1/export', { authorization: `Bearer ${mover}` })
    expect(bag.status).toBe(200)
    const bytes = Buffer.from(await bag.arrayBuffer()).toString('latin1')
    expect(bytes).toContain('letter.txt')
    expect(bytes).not.toContain('plain.com')
  })
})
