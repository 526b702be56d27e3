import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimalXml } from '../../test/support/depositor.ts'
import { docxOf, fonts, pdfOf } from '../../test/support/documents.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { createLog } from '../platform/logs.ts'
import { extractTexts } from './extract.ts'
import { openTexts, readText } from './index.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['texts'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const log = createLog('test', 'silent')
const numberOf = async (outcomes: ReturnType<Depositor['zip']>) => {
  const [outcome] = await outcomes
  if (!outcome?.item) throw new Error(JSON.stringify(outcome))
  return outcome.item.number
}
const deposit = (name: string, files: Record<string, string | Uint8Array>) =>
  numberOf(
    staff.zip({
      [`${name}.xml`]: minimalXml(name),
      ...Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${name}/${path}`, bytes])),
    }),
  )
const texts = (item: number) =>
  kura
    .tenant(id)
    .db.selectFrom('file_text')
    .innerJoin('file', 'file.id', 'file_text.file')
    .select(['file.name', 'file_text.state', 'file_text.text', 'file_text.reason', 'file_text.tries'])
    .where('file.item', '=', item)
    .orderBy('file.name')
    .orderBy('file.created_at')
    .execute()
/** As if the files had never been read. */
const forget = (item: number) =>
  kura.asSuperuser(id, `delete from file_text using file where file.id = file and item = ${item}`)
/** Lets the worker read what there is to be read, now. */
const readAgain = async (item: number) => {
  await kura.asSuperuser(id, `delete from outbox where work = 'extract'`)
  await kura.asSuperuser(id, `insert into outbox (work, item, revision) values ('extract', ${item}, 1)`)
  await kura.round(id)
  await kura.settle()
}
const queued = (work: string) =>
  kura
    .tenant(id)
    .db.selectFrom('outbox')
    .select(['item', 'attempts', 'due'])
    .where('work', '=', work as 'index')
    .execute()
describe('texts of files', () => {
  it('are read after an import, of every file that may have one', async () => {
    const item = await deposit('thesis', {
      '1.pdf': pdfOf([['博士論文の結びの言葉']], { font: fonts.utf16 }),
      '2.docx': await docxOf('<w:p><w:t>要旨の言葉</w:t></w:p>'),
      '3.txt': 'README words',
      '4.png': 'no text',
      '5.zip': 'no text either',
    })
    await kura.settle()
    expect(await texts(item)).toMatchObject([
      { name: '1.pdf', state: 'read', text: expect.stringContaining('博士論文の結びの言葉') },
      { name: '2.docx', state: 'read', text: expect.stringContaining('要旨の言葉') },
      { name: '3.txt', state: 'read', text: 'README words' },
    ])
    const tenant = kura.tenant(id)
    const open = (await openTexts(tenant, [item])).get(item) ?? []
    expect(await Promise.all(open.map((file) => readText(tenant, file)))).toHaveLength(3)
    expect([await queued('extract'), await queued('index')]).toEqual([[], []])
  })

  it('are kept whole of a thesis of 2,000,000 characters', async () => {
    const last = '最後の一文は、ここにしかない。'
    const thesis = `${'この論文は長い。'.repeat(250_000)}${last}`
    const item = await deposit('long', { 'thesis.txt': thesis })
    await kura.settle()
    const [file] = (await openTexts(kura.tenant(id), [item])).get(item) ?? []
    const text = await readText(kura.tenant(id), file as string)
    expect([text.length, text.slice(-last.length)]).toEqual([thesis.length, last])
  })

  it('are read of files that are not open too, and given to nobody until they are', async () => {
    const item = await deposit('closed', { 'a.txt': 'closed words' })
    await staff.api(`/items/${item}`, 'PATCH', { files: [{ name: 'a.txt', access: 'closed' }] }, { 'if-match': '*' })
    await kura.settle()
    expect(await texts(item)).toMatchObject([{ state: 'read', text: 'closed words' }])
    expect((await openTexts(kura.tenant(id), [item])).size).toBe(0)
    await staff.api(`/items/${item}`, 'PATCH', { files: [{ name: 'a.txt', access: 'open' }] }, { 'if-match': '*' })
    expect((await openTexts(kura.tenant(id), [item])).get(item)).toHaveLength(1)
  })

  it('leave the item to the index when the last of them has been read', async () => {
    const item = await deposit('counted', { 'a.txt': 'a', 'b.txt': 'b' })
    await kura.settle()
    await forget(item)
    // Nobody works off what is left.
    const tenant = { ...kura.tenant(id), handOn: () => {} }
    const work = async () => {
      const rows = await tenant.db.deleteFrom('outbox').returning(['work', 'item']).execute()
      await extractTexts(log)(tenant, [item], new AbortController().signal)
      return rows
    }
    expect([await work(), await work(), await work()]).toEqual([
      [],
      [{ work: 'extract', item }],
      [{ work: 'index', item }],
    ])
    expect((await texts(item)).map(({ text }) => text)).toEqual(['a', 'b'])
    expect(await tenant.db.selectFrom('outbox').select('id').execute()).toEqual([])
  })

  it('go when a file is replaced or its item deleted', async () => {
    const item = await deposit('replaced', { 'a.txt': 'before' })
    await kura.settle()
    expect(await deposit('replaced', { 'a.txt': 'after' })).toBe(item)
    await kura.settle()
    expect((await texts(item)).map(({ text }) => text)).toEqual(['after'])
    expect((await staff.api(`/items/${item}`, 'DELETE')).status).toBeLessThan(300)
    await kura.settle()
    expect(await texts(item)).toEqual([])
  })

  it('are not read again when an item changes otherwise', async () => {
    const item = await deposit('once', { 'a.txt': 'once' })
    await kura.settle()
    const [before] = await kura
      .tenant(id)
      .db.selectFrom('file_text')
      .select('at')
      .orderBy('at', 'desc')
      .limit(1)
      .execute()
    await staff.api(`/items/${item}`, 'PATCH', { files: [{ name: 'a.txt', access: 'closed' }] }, { 'if-match': '*' })
    expect(await queued('extract')).toEqual([])
    await kura.settle()
    const [after] = await kura
      .tenant(id)
      .db.selectFrom('file_text')
      .select('at')
      .orderBy('at', 'desc')
      .limit(1)
      .execute()
    expect(after).toEqual(before)
  })

  it('are noted as missing where the bytes are lost', async () => {
    const item = await deposit('lost', { 'a.txt': 'lost' })
    await kura.settle()
    const { db, objects } = kura.tenant(id)
    const { object } = await db.selectFrom('file').select('object').where('item', '=', item).executeTakeFirstOrThrow()
    await objects.delete(object as string)
    await forget(item)
    await readAgain(item)
    expect(await texts(item)).toMatchObject([{ state: 'failed', reason: expect.stringContaining('no object') }])
  })

  it('are not looked for in a file that is larger than any text', async () => {
    const item = await deposit('large', { 'a.txt': 'large' })
    await kura.settle()
    await forget(item)
    await kura.asSuperuser(id, `update file set size = 500000001 where item = ${item}`)
    await readAgain(item)
    expect(await texts(item)).toMatchObject([{ state: 'nothing', reason: 'is larger than 500 MB' }])
  })
})

describe.runIf(process.platform === 'linux')('a reader that something happens to', () => {
  /** The process id of a reader that we have started, when there is one. */
  const reader = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .find((pid) => {
        try {
          const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          return parent === String(process.pid) && command.includes('reader/main.ts')
        } catch {
          // It has ended meanwhile.
          return false
        }
      })
  const readerBegun = async () => {
    let pid: string | undefined
    const look = () => {
      pid = reader()
      return pid
    }
    await expect.poll(look, { timeout: 10_000, interval: 1 }).toBeDefined()
    return Number(pid)
  }
  /** Ends the next reader that we start, as a crash would. */
  const killReader = async () => process.kill(await readerBegun(), 'SIGKILL')

  it('leaves nothing of an item that was deleted meanwhile', async () => {
    const item = await deposit('meanwhile', { 'a.txt': 'meanwhile' })
    await readerBegun()
    expect((await staff.api(`/items/${item}`, 'DELETE')).status).toBeLessThan(300)
    await kura.settle()
    expect(await texts(item)).toEqual([])
    expect(await queued('extract')).toEqual([])
  })

  it('is started again later, three times in all, and keeps no other file from being read', async () => {
    const item = await deposit('poison', { 'a.txt': 'poison', 'b.txt': 'sound' })
    await killReader()
    await kura.settle()
    expect(await texts(item)).toMatchObject([{ name: 'a.txt', state: 'begun', tries: 1 }])
    const [row] = await queued('extract')
    expect(row).toMatchObject({ item, attempts: 1 })
    expect(row?.due.getTime()).toBeGreaterThan(Date.now())

    for (const _ of [2, 3]) {
      const again = readAgain(item)
      await killReader()
      await again
    }
    expect(await texts(item)).toMatchObject([
      { name: 'a.txt', state: 'failed', reason: 'was ended by SIGKILL', tries: 3 },
      { name: 'b.txt', state: 'read', text: 'sound' },
    ])
    expect(await queued('extract')).toEqual([])
  })

  it('is not started again where it ended us as well', async () => {
    const item = await deposit('worse', { 'a.txt': 'worse' })
    await kura.settle()
    await kura.asSuperuser(
      id,
      `update file_text set state = 'begun', text = null, tries = 3 from file where file.id = file and item = ${item}`,
    )
    await readAgain(item)
    expect(await texts(item)).toMatchObject([{ state: 'failed', reason: 'was begun 3 times and never ended' }])
  })
})
