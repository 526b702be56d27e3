import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimalXml, type Outcome } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { AWKWARD } from './support/nonsense.ts'
import { fc, timeout, tried } from './support/property.ts'
import { type ZipEntry, zipBytes } from './support/zip-bytes.ts'

/** Archives that are not what they say: what can be read of them is taken, and all else is refused by name. */

let kura: Institutions
let id: string
let authorization: string
beforeAll(async () => {
  kura = await openInstitutions(['archives'], () => ({ limits: { storage: 1, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  authorization = `Bearer ${await kura.token(id, 'import', 'items:write')}`
})
afterAll(() => kura.close())

const send = async (body: Uint8Array<ArrayBuffer>) => {
  const headers = { authorization, 'content-type': 'application/zip' }
  const response = await kura.request(id, '/api/v1/imports', { method: 'POST', headers, body })
  const text = await response.text()
  if (response.status === 200)
    return {
      status: 200,
      outcomes: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Outcome),
    }
  const { title, detail } = JSON.parse(text) as { title: string; detail: string }
  expect(response.status).toBeLessThan(500)
  return { status: response.status, title, detail, outcomes: [] }
}

let made = 0
const recordNamed = (name: string): ZipEntry => ({ name: `${name}.xml`, content: minimalXml(`Archive ${made++}`) })
const MIB = 2 ** 20

describe('an archive', () => {
  it('that unpacks to more than a call may bring is refused before anything of it is', async () => {
    const bomb = { name: 'bomb/zeros.bin', content: Buffer.alloc(100 * MIB) }
    const bytes = zipBytes([recordNamed('bomb'), bomb])
    expect(bytes.length).toBeLessThan(MIB)
    expect(await send(bytes)).toMatchObject({ status: 413, detail: expect.stringContaining('unpacks to') })
  })

  it('that unpacks to more than it says loses the record that it lies about, and no other', async () => {
    const bytes = zipBytes([
      recordNamed('liar'),
      { name: 'liar/zeros.bin', content: Buffer.alloc(100 * MIB), size: 10 },
      { ...recordNamed('long'), size: 10 },
      recordNamed('honest'),
      { name: 'honest/a.txt', content: 'a' },
    ])
    const { outcomes } = await send(bytes)
    expect(outcomes.map(({ source, status, errors }) => [source, status, errors[0]?.rule])).toEqual([
      ['liar.xml', 'rejected', 'file.unreadable'],
      ['long.xml', 'rejected', 'zip.entry'],
      ['honest.xml', 'imported', undefined],
    ])
  })

  it('whose entries overlap is refused, however many they are', async () => {
    const zeros = { content: Buffer.alloc(MIB) }
    const overlapping = (count: number) =>
      zipBytes([
        { name: 'a/0.bin', ...zeros },
        ...Array.from({ length: count }, (_, i) => ({ name: `a/${i + 1}.bin`, ...zeros, offset: 0 })),
        recordNamed('a'),
      ])
    expect((await send(overlapping(60))).status).toBe(413)
    expect((await send(overlapping(3))).status).toBe(400)
  })

  it('that says other than it holds is refused, or taken as what it holds', async () => {
    const entries = [recordNamed('counted'), { name: 'counted/a.txt', content: 'a' }]
    for (const bytes of [
      zipBytes(entries, { count: 60_000 }),
      zipBytes(entries, { count: 0 }),
      zipBytes([{ ...(entries[0] as ZipEntry), offset: 0xfffffff }]),
      zipBytes(entries).subarray(0, -30),
      new Uint8Array(Buffer.from('PK\u0005\u0006'.padEnd(22, '\0'))),
      new Uint8Array(0),
      new Uint8Array(randomBytes(MIB)),
    ]) {
      const { status, detail, outcomes } = await send(bytes)
      if (status === 200) expect(outcomes.every((each) => each.status === 'rejected')).toBe(true)
      else expect([status, detail]).toEqual([400, expect.stringMatching(/could not be read as a ZIP archive: .+/)])
    }
  })

  it('with many files that its record does not mention is answered in few words', async () => {
    const files = Array.from({ length: 150 }, (_, i) => ({ name: `many/${i}.txt`, content: `${i}` }))
    const { outcomes } = await send(zipBytes([recordNamed('many'), ...files]))
    expect(outcomes).toMatchObject([{ status: 'imported' }])
    expect(outcomes[0]?.warnings).toHaveLength(101 + 1)
    expect(outcomes[0]?.warnings[100]).toMatchObject({ rule: 'record.more', message: 'and 50 more findings' })
  })

  it('whose names lead elsewhere puts nothing elsewhere', async () => {
    for (const name of [
      ...[
        '../x',
        'a/../../x',
        '/etc/x',
        'C:\\x',
        'a\\..\\x',
        '..\\x',
        './x',
        'a//x',
        'a/./x',
        'a\u0000b',
        '\u0001',
        '..',
        '.',
      ],
      ...[
        'a'.repeat(1_100),
        'a/'.repeat(40),
        '\u202egpj.exe',
        'CON',
        'a b',
        'あ'.repeat(300),
        new Uint8Array([0xff, 0xfe, 0x41]),
      ],
    ]) {
      const before = await files()
      for (const entry of [
        [recordNamed('own'), { name: typeof name === 'string' ? `own/${name}` : name, content: 'elsewhere' }],
        [typeof name === 'string' ? recordNamed(name) : { ...recordNamed(''), name }],
      ])
        await send(zipBytes(entry as ZipEntry[]))
      for (const file of (await files()).filter((each) => !before.includes(each))) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
        expect(file).not.toMatch(/[\u0000-\u001f\\]|(^|\/)\.{0,2}(\/|$)/)
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(1_000)
      }
    }
    expect(await files()).not.toEqual([])
  })

  it(
    'that was damaged on its way is refused, or loses what was damaged',
    async () => {
      const entries = [0, 1, 2].flatMap((i) => [
        recordNamed(`whole-${i}`),
        { name: `whole-${i}/a.txt`, content: `${i}`.repeat(200) },
      ])
      const whole = zipBytes(entries)
      await send(whole)
      const place = fc.nat(whole.length - 1)
      const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
        fc.record({ at: place, byte: fc.nat(255) }).map(({ at, byte }) => (bytes: Buffer) => {
          if (at < bytes.length) bytes[at] = byte
          return bytes
        }),
        fc.record({ from: place, to: place }).map(
          ({ from, to }) =>
            (bytes: Buffer) =>
              Buffer.concat([bytes.subarray(0, Math.min(from, to)), bytes.subarray(Math.max(from, to))]),
        ),
        fc.record({ at: place, more: fc.constantFrom(...AWKWARD) }).map(
          ({ at, more }) =>
            (bytes: Buffer) =>
              Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]),
        ),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
          const bytes = damages.reduce<Buffer>((bytes, each) => each(bytes), Buffer.from(whole))
          const { status, detail, outcomes } = await send(new Uint8Array(bytes))
          // Damage can make an archive say that it holds very much, or that it holds no record.
          if (status !== 200)
            expect([[400, 413, 422].includes(status), (detail ?? '').length > 20]).toEqual([true, true])
          for (const { status, errors } of outcomes)
            if (status === 'rejected') expect(errors[0]?.message.length).toBeGreaterThan(3)
          // What was whole before is whole still, or was brought whole again.
          for (const name of ['whole-0.xml', 'whole-1.xml', 'whole-2.xml']) expect(await isWhole(name)).toBe(true)
        }),
        tried('damaged archives', 150, 8),
      )
    },
    timeout(8),
  )
})

/** Names of all files that are stored. */
const files = async () => (await kura.tenant(id).db.selectFrom('file').select('name').execute()).map(({ name }) => name)

/** Whether an item's page and its files can be had. */
async function isWhole(source: string): Promise<boolean> {
  const { number } = await kura
    .tenant(id)
    .db.selectFrom('item')
    .select('number')
    .where('source', '=', source)
    .executeTakeFirstOrThrow()
  const item = await (await depositor(kura, id, authorization.slice(7)).api(`/items/${number}`)).json()
  const { files } = item as { files: { url: string; size: number }[] }
  for (const { url, size } of files) {
    const response = await kura.request(id, url.replace(/^https:\/\/[^/]*/, ''))
    if (response.status !== 200 || (await response.arrayBuffer()).byteLength !== size) return false
  }
  return true
}
