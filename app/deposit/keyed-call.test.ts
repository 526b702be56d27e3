import { once } from 'node:events'
import { request } from 'node:http'
import { constants, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { bagOf } from '../../test/support/bag.ts'
import { type Depositor, depositor, jsonOf, minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { freePort } from '../../test/support/free-port.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { listed, oaiList } from '../../test/support/oai-list.ts'
import { zipOf } from '../../test/support/zip.ts'
import { listen } from '../platform/listening.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor
let key: string

beforeAll(async () => {
  kura = await openInstitutions(['keyed'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
beforeEach(() => {
  key = crypto.randomUUID()
})
afterAll(() => kura.close())

interface Sending {
  type?: string
  query?: string
  with?: string
  bearer?: string
}

const post = (body: NonNullable<RequestInit['body']>, sending: Sending = {}) => {
  const { type = 'application/x-ndjson', query = '', with: given = `"${key}"`, bearer = token } = sending
  return kura.request(id, `/api/v1/imports${query}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${bearer}`, 'idempotency-key': given },
    body,
    duplex: 'half',
  } as RequestInit)
}
const linesOf = (text: string): Outcome[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const record = (n: number | string, title = `Record ${n}`) =>
  `${JSON.stringify({ source: `${key}/${n}`, record: minimal(title) })}\n`
const revisions = async () =>
  await kura
    .tenant(id)
    .db.selectFrom('item')
    .innerJoin('revision', 'revision.item', 'item.number')
    .select(['source', 'revision.revision'])
    .where('source', 'like', `${key}/%`)
    .orderBy('number')
    .orderBy('revision.revision')
    .execute()

/** Sends lines, reads the answers to the first of them, and breaks off. */
async function breakOff(sent: string[], answers: number): Promise<Outcome[]> {
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  const answered = post(body.readable)
  const encoder = new TextEncoder()
  void (async () => {
    for (const line of sent) await writer.write(encoder.encode(line))
  })().catch(() => {})
  const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
  let text = ''
  while (text.split('\n').length <= answers) text += new TextDecoder().decode((await reader.read()).value)
  await writer.abort(new Error('gone')).catch(() => {})
  await reader.cancel().catch(() => {})
  await expect.poll(running).toBe(false)
  return linesOf(text)
}

async function running(): Promise<boolean> {
  const row = await kura
    .tenant(id)
    .db.selectFrom('import_call')
    .select(sql<boolean>`leased_until > now()`.as('running'))
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.running === true
}

describe('a call that is sent again with its key', () => {
  it('answers to the letter what it answered, and deals with nothing twice', async () => {
    const body = [record(1), '{"source":\n', record(2), record(1), record(3, 'NUL \u0000'), record(2, 'x')].join('')
    const first = await (await post(body)).text()
    expect(linesOf(first).map(({ status }) => status)).toEqual([
      'imported',
      'rejected',
      'imported',
      'rejected',
      'rejected',
      'rejected',
    ])
    await staff.lines({ source: `${key}/1`, record: minimal('Changed meanwhile') })
    expect(await (await post(body)).text()).toBe(first)
    expect(await revisions()).toHaveLength(3)
  })

  it('goes on where it broke off', async () => {
    const sent = Array.from({ length: 20 }, (_, n) => record(n))
    const before = await breakOff(sent.slice(0, 8), 5)
    const [changed] = await staff.lines({ source: `${key}/0`, record: minimal('Changed meanwhile') })
    expect(changed?.status).toBe('updated')
    const after = linesOf(await (await post(sent.join(''))).text())
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.map(({ status }) => status)).toEqual(Array(20).fill('imported'))
    expect(await revisions()).toHaveLength(21)
  })

  it('knows sources that came before it broke off', async () => {
    await breakOff([record('a'), record('b')], 2)
    const after = linesOf(await (await post(record('a') + record('b') + record('a', 'again'))).text())
    expect(after.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['imported', undefined],
      ['imported', undefined],
      ['rejected', 'import.duplicate'],
    ])
  })

  it('replays also what takes many pages', async () => {
    const body = Array.from({ length: 450 }, (_, n) => record(n)).join('')
    const first = await (await post(body)).text()
    expect(linesOf(first)).toHaveLength(450)
    expect(await (await post(body)).text()).toBe(first)
  })

  it.each([
    ['another record', () => record(1, 'Other') + record(2)],
    ['fewer records', () => record(1)],
    ['more records', () => record(1) + record(2) + record(3)],
    ['none', () => ''],
  ])('is refused with %s', async (_, body) => {
    await (await post(record(1) + record(2))).text()
    const response = await post(body())
    expect(response.status).toBe(422)
    expect(await jsonOf<{ detail: string }>(response)).toMatchObject({ detail: expect.stringContaining('new key') })
    expect(await revisions()).toHaveLength(2)
    // And is not in the way of the right one.
    expect((await post(record(1) + record(2))).status).toBe(200)
  })

  it('is refused with the same names and other bytes in an archive', async () => {
    const archive = (text: string) => zipOf({ [`${key}/a.xml`]: minimalXml('A'), [`${key}/a/f.txt`]: text })
    const type = 'application/zip'
    const first = await (await post(await archive('one'), { type })).text()
    expect((await post(await archive('two'), { type })).status).toBe(422)
    expect(await (await post(await archive('one'), { type })).text()).toBe(first)
  })

  it('is refused as another form or with another query', async () => {
    const query = `?source=${key}/x`
    const type = 'application/xml'
    await (await post(minimalXml('X'), { type, query })).text()
    expect((await post(minimalXml('X'), { type, query: `${query}&number=7777` })).status).toBe(422)
    expect((await post(minimalXml('X'), { type: 'text/xml', query })).status).toBe(422)
    expect((await post(minimalXml('X'), { type, query })).status).toBe(200)
    // The order of its words says nothing.
    key = crypto.randomUUID()
    await (await post(minimalXml('X'), { type, query: '?source=y&publicationDate=2026-01-01' })).text()
    const turned = { type, query: '?publicationDate=2026-01-01&source=y' }
    expect((await post(minimalXml('X'), turned)).status).toBe(200)
  })

  it('waits for its turn while the first is at work', async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>()
    const writer = body.writable.getWriter()
    const answered = post(body.readable)
    void writer.write(new TextEncoder().encode(record(1)))
    const first = (await answered).text()
    const second = await post(record(1))
    expect(second.status).toBe(409)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    await writer.close()
    await first
    expect((await post(record(1))).status).toBe(200)
  })

  it('is begun by one of many that come at once', async () => {
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(record(1))))
    const statuses = responses.map(({ status }) => status)
    await Promise.all(responses.map((response) => response.text()))
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0)
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true)
    expect(await revisions()).toHaveLength(1)
  })

  it('takes over from a process that died, which then can do no more harm', async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>()
    const writer = body.writable.getWriter()
    const answered = post(body.readable)
    void writer.write(new TextEncoder().encode(record(1)))
    const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    // It is not heard of any more, until it wakes.
    await kura.asSuperuser(id, `update import_call set leased_until = now() where key = '${key}'`)
    const taken = linesOf(await (await post(record(1) + record(2))).text())
    expect(taken.map(({ status }) => status)).toEqual(['imported', 'imported'])
    void writer.write(new TextEncoder().encode(record(2, 'Late'))).catch(() => {})
    await expect(reader.read()).rejects.toThrow('worked on elsewhere')
    expect(await revisions()).toHaveLength(2)
  })

  it('is at work while its bag is verified', async () => {
    const archive = await zipOf({ ...bagOf({ 'a.xml': minimalXml('A') }), 'data/a.xml': 'altered' })
    const timers = vi.spyOn(globalThis, 'setInterval')
    expect((await post(archive, { type: 'application/zip' })).status).toBe(422)
    expect(timers).toHaveBeenCalledWith(expect.any(Function), 10_000)
    timers.mockRestore()
  })

  it('is answered as before also where a record failed in its last step', async () => {
    const late = { source: `${key}/1`, publicationDate: '0000-01-01', record: minimal('No such year') }
    await staff.lines({ source: `${key}/1`, record: minimal('There') })
    const body = `${JSON.stringify(late)}\n${record(2)}`
    const first = await (await post(body)).text()
    expect(linesOf(first).map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['rejected', 'import.refused'],
      ['imported', undefined],
    ])
    expect(await (await post(body)).text()).toBe(first)
  })

  it('withdraws nothing whose answer it cannot keep', async () => {
    const type = 'application/xml'
    const named = listed(`oai:old.example:${key}`, 'Listed')
    const list = oaiList([named])
    const at = list.indexOf('</ListRecords>')
    const body = new TransformStream<Uint8Array, Uint8Array>()
    const writer = body.writable.getWriter()
    const answered = post(body.readable, { type })
    // The form shows with the first 64 KiB.
    void writer.write(new TextEncoder().encode(list.slice(0, at) + ' '.repeat(70_000)))
    const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
    const [made] = linesOf(new TextDecoder().decode((await reader.read()).value))
    await kura.asSuperuser(id, `update import_call set leased_until = now() where key = '${key}'`)
    expect(linesOf(await (await post(list, { type })).text()).map(({ status }) => status)).toEqual(['imported'])
    const gone = oaiList([{ identifier: named.identifier }])
    void writer.write(new TextEncoder().encode(gone.slice(gone.indexOf('<record>')))).catch(() => {})
    await expect(reader.read()).rejects.toThrow('worked on elsewhere')
    expect((await kura.request(id, `/api/v1/items/${made?.item.number}`)).status).toBe(200)
  })

  it('after a body that could not be read at all is taken as new', async () => {
    expect((await post('no archive', { type: 'application/zip' })).status).toBe(400)
    const archive = await zipOf({ [`${key}/a.xml`]: minimalXml('A') })
    expect((await post(archive, { type: 'application/zip' })).status).toBe(200)
  })
})

describe('a connection that is cut', () => {
  let port: number
  let close: () => Promise<void>
  beforeAll(async () => {
    port = await freePort('127.0.0.1')
    close = await listen(kura.app, { port, addresses: ['127.0.0.1'] })
  })
  afterAll(() => close())

  const sent = (n: number) => Array.from({ length: n }, (_, i) => record(i).trim())
  it.each([
    ['lines', 'application/x-ndjson', 'identity', () => `${sent(3).join('\n')}\n{"source":"${key}/3",`],
    ['an array', 'application/json', 'identity', () => `[${sent(3).join(',')},{"source":"${key}/3",`],
    ['coded lines', 'application/x-ndjson', 'gzip', () => flushed(`${sent(3).join('\n')}\n{"source":"${key}/3",`)],
  ])(
    'half-way through %s keeps what was answered, nothing of what was not, and leaves the call to others',
    async (_, type, coding, body) => {
      const sending = request({
        host: '127.0.0.1',
        port,
        path: '/api/v1/imports',
        method: 'POST',
        headers: {
          host: `${id}.example`,
          authorization: `Bearer ${token}`,
          'content-type': type,
          'content-encoding': coding,
          'idempotency-key': `"${key}"`,
        },
      })
      sending.on('error', () => {})
      sending.write(body())
      const [response] = await once(sending, 'response')
      let text = ''
      for await (const chunk of response) {
        text += chunk
        if (linesOf(text).length === 3) break
      }
      expect(linesOf(text).map(({ status }) => status)).toEqual(Array(3).fill('imported'))
      sending.destroy()
      await expect.poll(running, { timeout: 5_000 }).toBe(false)
      expect(await revisions()).toHaveLength(3)
    },
  )

  /** What a compressor has put out when all of a text has gone in, and no end. */
  const flushed = (text: string) => gzipSync(text, { finishFlush: constants.Z_SYNC_FLUSH })
})

describe('a key', () => {
  it('is the depositor’s own', async () => {
    await (await post(record(1))).text()
    const other = await kura.token(id, 'import')
    const [outcome] = linesOf(await (await post(record(1), { bearer: other })).text())
    expect(outcome?.status).toBe('unchanged')
  })

  it('is the same with and without quotes', async () => {
    await (await post(record(1))).text()
    expect(linesOf(await (await post(record(1), { with: key })).text())[0]?.status).toBe('imported')
  })

  it.each(['""', '"', '"a', 'a b', `"${'x'.repeat(256)}"`, '"a"; b', '"é"'])('cannot be %s', async (given) => {
    const response = await post(record(1), { with: Buffer.from(given).toString('latin1') })
    expect(response.status).toBe(400)
    expect(await revisions()).toEqual([])
  })

  it('is not remembered by a check', async () => {
    const [checked] = linesOf(await (await post(record(1), { query: '?mode=check' })).text())
    const [imported] = linesOf(await (await post(record(1))).text())
    expect([checked?.status, imported?.status]).toEqual(['imported', 'imported'])
    expect(await revisions()).toHaveLength(1)
  })

  it('is forgotten days after it was last used', async () => {
    await (await post(record(1))).text()
    const answers = async () => {
      await kura.round(id)
      return linesOf(await (await post(record(1))).text())[0]?.status
    }
    await kura.asSuperuser(id, `update import_call set leased_until = now() - interval '6 days' where key = '${key}'`)
    expect(await answers()).toBe('imported')
    await kura.asSuperuser(id, `update import_call set leased_until = now() - interval '8 days' where key = '${key}'`)
    expect(await answers()).toBe('unchanged')
    const left = await kura.tenant(id).db.selectFrom('import_call').select('key').where('key', 'like', '\n%').execute()
    expect(left).toEqual([])
  })
})
