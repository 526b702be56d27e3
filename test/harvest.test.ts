import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { harvest } from '../app/cli/harvest/index.ts'
import { readOaiPmh, storableRecord } from '../app/records/index.ts'
import { type Depositor, depositor, jsonOf, minimal } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { fc } from './support/property.ts'
import { listenFor } from './support/sockets.ts'

/** One institution harvests another, over sockets: at the end both agree. */

let kura: Institutions
let sockets: Awaited<ReturnType<typeof listenFor>>
let [from, to] = ['', '']
let theirs: Depositor
let ours: Depositor
let token: string

beforeAll(async () => {
  kura = await openInstitutions(['source', 'target'])
  sockets = await listenFor(kura)
  ;[from, to] = kura.ids as [string, string]
  theirs = depositor(kura, from, await kura.token(from, 'import', 'items:write'))
  token = await kura.token(to, 'import')
  ours = depositor(kura, to, await kura.token(to, 'import', 'items:write'))
})
afterAll(async () => {
  await sockets.close()
  await kura.close()
})

const source = () => ({ baseUrl: `${sockets.url(from)}/oai` })
const target = () => ({ url: sockets.url(to), token })
const run = (options = { pause: 0, overlap: 0, collections: [] as string[] }) => harvest(target(), source(), options)
const statuses = (outcomes: { status: string }[]) =>
  Object.fromEntries([...Map.groupBy(outcomes, ({ status }) => status)].map(([status, all]) => [status, all.length]))
const state = async () =>
  (await jsonOf<{ harvests: { list?: object; until?: string; completedAt?: string }[] }>(ours.api('/harvests')))
    .harvests[0]

/** What the source shows: the record of each identifier, nothing for one that is deleted. */
async function shown() {
  const records = new Map<string, unknown>()
  for (let query = 'metadataPrefix=jpcoar_2.1'; query; ) {
    const response = await kura.request(from, `/oai?verb=ListRecords&${query}`)
    query = ''
    for await (const part of readOaiPmh([new Uint8Array(await response.arrayBuffer())])) {
      if (part.kind === 'resumptionToken' && part.token) query = `resumptionToken=${part.token}`
      if (part.kind !== 'record') continue
      const { identifier, deleted } = part.record
      const { record } = deleted ? { record: undefined } : part.record.read()
      records.set(identifier, record && storableRecord(record))
    }
  }
  return records
}

/** What the target has of it: the record of each source, nothing for one that is withdrawn. */
async function held() {
  const rows = await kura
    .tenant(to)
    .db.selectFrom('item')
    .select(['source', 'status', 'record'])
    .where('source', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.source as string, row.status === 'public' ? row.record : undefined]))
}

/** Both agree, but for what was deleted before it was ever fetched. */
async function expectAgreement() {
  const [theirRecords, ourRecords] = [await shown(), await held()]
  for (const [identifier, record] of theirRecords) {
    if (record === undefined) expect(ourRecords.get(identifier), identifier).toBeUndefined()
    else expect(ourRecords.get(identifier), identifier).toEqual(record)
  }
  for (const identifier of ourRecords.keys()) expect(theirRecords.has(identifier), identifier).toBe(true)
}

const lines = (count: number, more: (index: number) => string = () => '') =>
  theirs.lines(
    ...Array.from({ length: count }, (_, i) => ({ source: `s${i}`, record: minimal(`Title ${i}${more(i)}`) })),
  )
/** Two pages. */
const COUNT = 130
/** Datestamps are to the second, and the second in which a list was given is asked for again. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100))

describe('a repository that is harvested', { timeout: 120_000 }, () => {
  it('comes whole the first time, and then what has changed', async () => {
    await lines(COUNT)
    await nextSecond()
    expect(statuses(await Array.fromAsync(run()))).toEqual({ imported: COUNT })
    await expectAgreement()
    expect(statuses(await Array.fromAsync(run()))).toEqual({})

    const [changed] = await theirs.lines({ source: 's3', record: minimal('Title 3, changed') })
    const [withdrawn] = await theirs.lines({ source: 's4', record: minimal('Title 4') })
    await theirs.api(`/items/${withdrawn?.item.number}/withdrawal`, 'POST', { reason: 'x' })
    expect(changed?.status).toBe('updated')
    expect(statuses(await Array.fromAsync(run()))).toEqual({ updated: 1, withdrawn: 1 })
    await expectAgreement()

    await theirs.api(`/items/${withdrawn?.item.number}/withdrawal`, 'DELETE')
    const outcomes = await Array.fromAsync(run())
    expect(outcomes.filter(({ status }) => status === 'updated')).toHaveLength(1)
    await expectAgreement()
  })

  it('is gone on with where a run was killed', async () => {
    await lines(COUNT, () => ', again')
    let seen = 0
    for await (const _ of run()) {
      seen += 1
      // In the second page: the first has been noted.
      if (seen === 110) break
    }
    expect((await state())?.list).toMatchObject({ resumptionToken: expect.any(String) })
    const rest = await Array.fromAsync(run())
    expect(rest).toHaveLength(COUNT - 100)
    expect(statuses(rest).unchanged).toBeGreaterThanOrEqual(10)
    expect((await state())?.list).toBeUndefined()
    await expectAgreement()
  })

  it('is gone on with by one run at a time: the first learns that another has begun', async () => {
    await lines(COUNT, () => ', once more')
    const first = run()
    await first.next()
    await Array.fromAsync(run())
    await expect(Array.fromAsync(first)).rejects.toThrow('Another run of this harvest has begun')
    await expectAgreement()
    expect(await state()).not.toHaveProperty('lastError')
  })

  it('agrees with its copy after any history', async () => {
    const some = fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 1, maxLength: 6 })
    const all = fc.constant(Array.from({ length: COUNT }, (_, i) => i))
    const step = fc.oneof(
      fc.record({ do: fc.constant('edit' as const), which: fc.oneof({ weight: 6, arbitrary: some }, all) }),
      fc.record({ do: fc.constant('withdraw' as const), which: some }),
      fc.record({ do: fc.constant('restore' as const), which: some }),
      fc.record({ do: fc.constant('hide' as const), which: some }),
      fc.record({ do: fc.constant('show' as const), which: some }),
      fc.record({ do: fc.constant('harvest' as const), which: fc.constant<number[]>([]) }),
      fc.record({ do: fc.constant('kill' as const), which: fc.array(fc.nat(160), { minLength: 1, maxLength: 1 }) }),
    )
    const { id: hidden } = await jsonOf<{ id: number }>(
      theirs.api('/collections', 'POST', { name: { ja: '非公開' }, harvested: false }),
    )
    const numberOf = async (index: number) =>
      (
        await kura
          .tenant(from)
          .db.selectFrom('item')
          .select('number')
          .where('source', '=', `s${index}`)
          .executeTakeFirstOrThrow()
      ).number
    let edits = 0
    const carryOut = async ({ do: what, which }: { do: string; which: number[] }) => {
      if (what === 'harvest') return void (await Array.fromAsync(run()))
      if (what === 'kill') {
        let left = which[0] as number
        for await (const _ of run()) if (left-- <= 0) break
        return
      }
      if (what === 'edit') {
        edits += 1
        return void (await theirs.lines(
          ...which.map((index) => ({ source: `s${index}`, record: minimal(`Edited ${edits} times`) })),
        ))
      }
      for (const index of which) {
        const item = `/items/${await numberOf(index)}`
        if (what === 'withdraw') await theirs.api(`${item}/withdrawal`, 'POST', { reason: 'x' })
        if (what === 'restore') await theirs.api(`${item}/withdrawal`, 'DELETE')
        if (what === 'hide') await theirs.api(`${item}/collections`, 'PUT', { collections: [hidden] })
        if (what === 'show') await theirs.api(`${item}/collections`, 'PUT', { collections: [] })
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (history) => {
        for (const each of history) await carryOut(each)
        // What is done while a list is read is in it or in the next.
        const under = run()
        await under.next()
        await carryOut({ do: 'edit', which: [1, 100, COUNT - 1] })
        await Array.fromAsync(under)
        await kura.settle()
        await Array.fromAsync(run())
        await expectAgreement()
      }),
      { numRuns: 5 },
    )
  })
})

describe('kura harvest', { timeout: 120_000 }, () => {
  const start = (command: string, ...args: string[]) =>
    spawn('node', ['tools/run.mjs', 'app/cli/kura.ts', command, '--tenant', to, ...args], {
      env: { PATH: process.env.PATH, KURA_URL: sockets.url(to), KURA_TOKEN: token },
      // A group of its own, so that all of it can be killed.
      detached: true,
    })
  const finish = async (child: ReturnType<typeof start>) => {
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { stdout, stderr, code }
  }
  const args = () => ['--from', source().baseUrl, '--pause', '0']
  const held = async () => (await kura.tenant(to).db.selectFrom('revision').select('revision').execute()).length

  it('killed in the middle goes on, and closes with one line of JSON', async () => {
    await lines(COUNT, () => ', for the command')
    const before = await held()
    const killed = start('harvest', ...args())
    const ended = once(killed, 'close')
    await expect.poll(held, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before + 20)
    process.kill(-(killed.pid as number), 'SIGKILL')
    await ended
    expect(await held()).toBeLessThan(before + COUNT)
    const { stdout, stderr, code } = await finish(start('harvest', ...args()))
    expect(stderr).not.toContain('rejected:')
    expect(JSON.parse(stdout)).toMatchObject({
      rejected: 0,
      complete: true,
      deletedRecord: 'persistent',
      seconds: expect.any(Number),
    })
    expect(code).toBe(0)
    await expectAgreement()
  })

  it('is shown by kura harvests, which also forgets', async () => {
    const { stdout } = await finish(start('harvests'))
    const shown = JSON.parse(stdout)
    expect(shown).toMatchObject({ ...source(), metadataPrefix: 'jpcoar_2.1', until: expect.any(String) })
    expect(await finish(start('harvests', '--forget', shown.id))).toMatchObject({ stdout: '', code: 0 })
    expect(await finish(start('harvests'))).toMatchObject({ stdout: '', code: 0 })
    expect((await finish(start('harvests', '--forget', shown.id))).stderr).toContain('There is no harvest')
  })

  it('says in one sentence what is wrong, and that nothing was complete', async () => {
    const { stdout, stderr, code } = await finish(start('harvest', '--from', 'https://me:secret@old.example/oai'))
    expect(stderr).toContain('must not hold a name or a password')
    expect(stderr).not.toContain('    at ')
    expect(stderr).not.toContain('secret')
    expect(JSON.parse(stdout)).toMatchObject({ imported: 0, complete: false })
    expect(code).toBe(1)
  })
})
