import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unzip } from '../../test/support/archive.ts'
import { type Depositor, depositor, jsonOf, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { harvester } from '../../test/support/harvester.ts'
import { png } from '../../test/support/images.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { fc } from '../../test/support/property.ts'
import { setLogo } from '../settings/store.ts'

/** An institution leaves and comes elsewhere, and nothing is lost. */

const RUNS = 6
let kura: Institutions
const pairs: { from: string; to: string }[] = []

beforeAll(async () => {
  kura = await openInstitutions(Array.from({ length: RUNS }, (_, i) => [`old${i}`, `new${i}`]).flat())
  for (let i = 0; i < RUNS; i++) pairs.push({ from: kura.ids[2 * i] as string, to: kura.ids[2 * i + 1] as string })
})
afterAll(() => kura.close())

interface Step {
  kind: (typeof KINDS)[number]
  item: number
  text: string
  files: { name: string; content: string }[]
  among: number[]
  flag: boolean
  days: number
}

const KINDS = [
  ...([
    'import',
    'import',
    'import',
    'change',
    'change',
    'version',
    'version',
    'withdraw',
    'restore',
    'delete',
  ] as const),
  ...(['close', 'embargo', 'hide', 'collection', 'move', 'flags', 'put', 'put', 'days', 'use', 'use'] as const),
  ...(['settings', 'logo'] as const),
]

const NAMES = ['a.txt', 'A.TXT', '本文.pdf', 'data/part 1.csv', 'aux', 'what?.txt', '100%.xml', 'record.xml']

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  item: fc.nat(6),
  text: fc.stringMatching(/^[a-z蔵本]{1,8}$/),
  files: fc.uniqueArray(fc.record({ name: fc.constantFrom(...NAMES), content: fc.string({ maxLength: 20 }) }), {
    maxLength: 3,
    selector: ({ name }) => name,
  }),
  among: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
  flag: fc.boolean(),
  days: fc.integer({ min: 1, max: 40 }),
})

/** What has happened to an institution; what a step cannot do is left alone. */
class History {
  readonly #id: string
  readonly #staff: Depositor
  readonly items: number[] = []
  readonly #collections: number[] = []

  constructor(id: string, staff: Depositor) {
    this.#id = id
    this.#staff = staff
  }

  async take({ kind, item, text, files, among, flag, days }: Step): Promise<void> {
    const staff = this.#staff
    const index = item % Math.max(1, this.items.length)
    const number = this.items[index]
    const deposit = (name: number) =>
      staff.zip({
        [`${name}.xml`]: minimalXml(text, { access: flag ? 'open access' : 'metadata only access' }),
        ...Object.fromEntries(files.map(({ name: file, content }) => [`${name}/${file}`, content])),
      })
    const patch = (body: object) => staff.api(`/items/${number}`, 'PATCH', body, { 'if-match': '*' })
    const held = async () =>
      (await jsonOf<{ files?: { name: string }[] }>(staff.api(`/items/${number}`))).files?.[0]?.name
    switch (kind) {
      case 'import': {
        const [outcome] = await deposit(this.items.length)
        if (outcome?.status === 'imported') this.items.push(outcome.item.number)
        return
      }
      case 'change':
        if (number !== undefined) await deposit(index)
        return
      case 'version':
        if (number !== undefined) await staff.api(`/items/${number}/versions`, 'POST')
        return
      case 'withdraw':
        if (number !== undefined) await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: text })
        return
      case 'restore':
        if (number !== undefined) await staff.api(`/items/${number}/withdrawal`, 'DELETE')
        return
      case 'use':
        if (number !== undefined) kura.tenant(this.#id).noteUse({ kind: flag ? 'view' : 'download', item: number })
        return
      case 'delete':
        if (number !== undefined) await staff.api(`/items/${number}`, 'DELETE')
        return
      case 'close':
      case 'embargo': {
        const name = number === undefined ? undefined : await held()
        if (name === undefined) return
        await patch({
          files: [kind === 'close' ? { name, access: 'closed' } : { name, access: 'embargoed', until: dayAfter(days) }],
        })
        return
      }
      case 'hide':
        if (number !== undefined) await patch({ publicationDate: flag ? dayAfter(days) : dayAfter(-1) })
        return
      case 'collection':
        this.#collections.push(
          (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: text }, public: flag }))).id,
        )
        return
      case 'move':
        await staff.api(`/collections/${this.#collections[item % 5]}`, 'PATCH', {
          parent: this.#collections[among[0] ?? 0] ?? null,
        })
        return
      case 'flags':
        await staff.api(`/collections/${this.#collections[item % 5]}`, 'PATCH', { harvested: flag })
        return
      case 'put':
        if (number !== undefined)
          await staff.api(`/items/${number}/collections`, 'PUT', {
            collections: among.flatMap((each) => this.#collections[each] ?? []),
          })
        return
      case 'settings':
        await staff.api('/settings', 'PATCH', flag ? { about: { ja: text } } : { about: null, welcome: { ja: text } }, {
          'if-match': '*',
        })
        return
      case 'logo':
        await setLogo(kura.tenant(this.#id), flag ? png(days, days) : null)
        return
      case 'days':
        kura.clock.set(new Date(kura.clock.now().getTime() + days * 86_400_000).toISOString())
        await kura.round(this.#id)
    }
  }
}

const dayAfter = (days: number) => new Date(kura.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)

const staffOf = async (id: string) =>
  depositor(kura, id, await kura.token(id, 'import', 'items:write', 'files:read', 'settings:write', 'transfer'))

/** The archive of an export. */
async function exported(staff: Depositor): Promise<Uint8Array> {
  const response = await staff.api('/export')
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

async function restore(id: string, archive: Uint8Array): Promise<Outcome[]> {
  const response = await kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await kura.token(id, 'import', 'transfer')}`,
      'content-type': 'application/zip',
    },
    body: archive as Uint8Array<ArrayBuffer>,
  })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What an export says, but for when it was made, and with one institution's name for the other's. */
async function said(archive: Uint8Array, name: { from: string; to: string }): Promise<Map<string, string>> {
  const files = await unzip(archive)
  const payload = [...files].filter(([path]) => /^[^/]+\/data\//.test(path))
  return new Map(
    payload.map(([path, bytes]) => [
      path.replace(/^[^/]+\//, ''),
      bytes
        .toString('latin1')
        .replaceAll(name.to, name.from)
        .replace(/"takenAt": "[^"]*"/, ''),
    ]),
  )
}

/** All that readers, staff and harvesters get of an institution. */
async function shown(id: string, staff: Depositor, items: number[]): Promise<string[]> {
  const texts: string[] = []
  for (const path of ['/', '/about', '/favicon.svg']) texts.push(await (await kura.request(id, path)).text())
  for (const number of items) {
    for (const path of [`/items/${number}`, `/items/${number}/versions/1`]) {
      const response = await kura.request(id, path)
      texts.push(`${path} ${response.status} ${await response.text()}`)
    }
    const response = await staff.api(`/items/${number}`)
    const item = await jsonOf<{ files?: { url: string }[]; versions?: { version: number }[] }>(response)
    texts.push(JSON.stringify(item))
    for (const { url } of item.files ?? []) {
      const bytes = await kura.request(id, url.replace(`https://${id}.example`, ''))
      texts.push(`${url} ${bytes.status} ${bytes.headers.get('content-type')} ${await bytes.text()}`)
    }
  }
  for (const metadataPrefix of ['jpcoar_2.1', 'oai_dc']) {
    for await (const page of harvester(kura, id).pages({ verb: 'ListRecords', metadataPrefix }))
      texts.push(JSON.stringify([page.errors, page.heard]))
  }
  texts.push(JSON.stringify((await harvester(kura, id).ask({ verb: 'ListSets' })).texts('setName')))
  // Pages of what cannot be had tell their request's number.
  return texts.map((text) => text.replace(/<code>[0-9a-f-]{36}/, '<code>'))
}

describe('an institution that leaves', () => {
  it('is the same in its new home, whatever happened before, and coming twice changes nothing', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 45 }), async (steps) => {
        const pair = pairs[run++] as { from: string; to: string }
        const [leaving, coming] = [await staffOf(pair.from), await staffOf(pair.to)]
        const history = new History(pair.from, leaving)
        for (const each of steps) await history.take(each)
        await kura.settle()
        await kura.round(pair.from)

        const archive = await exported(leaving)
        const outcomes = await restore(pair.to, archive)
        expect(outcomes.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
        await kura.settle()
        const before = await said(archive, pair)
        expect(await said(await exported(coming), pair)).toEqual(before)
        const texts = await shown(pair.to, coming, history.items)
        expect(texts.map((text) => text.replaceAll(pair.to, pair.from))).toEqual(
          await shown(pair.from, leaving, history.items),
        )

        const again = await restore(pair.to, archive)
        expect(again.map(({ status }) => status)).toEqual(again.map(() => 'unchanged'))
        await kura.settle()
        expect(await said(await exported(coming), pair)).toEqual(before)

        // Life goes on: numbers, places and datestamps after those that came.
        const [next] = await coming.zip({ 'next.xml': minimalXml('Next') })
        expect(next?.item.number).toBeGreaterThan(Math.max(0, ...history.items))
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  }, 120_000)
})
