import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importInto } from '../app/cli/import/index.ts'
import { freePort } from '../tools/ports.ts'
import { unzip } from './support/archive.ts'
import { depositor, jsonOf, minimal, minimalXml, type Outcome } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { tusOptions, upload } from './support/tus.ts'
import { zipOf } from './support/zip.ts'

/** Real processes, ended for real in the middle of their work. */

let kura: Institutions
let id: string
let resumed: string
let leaver: string
let comer: string
let token: string
let ports: { web: number; internal: number }
const running = new Set<ChildProcess>()

beforeAll(async () => {
  // One is found by name on this machine, as the command line finds it.
  kura = await openInstitutions(['kill', 'resume', 'leaver', 'comer'], ({ id }) =>
    id.startsWith('resume') ? { hosts: [`${id}.localhost`] } : {},
  )
  ;[id, resumed, leaver, comer] = kura.ids as [string, string, string, string]
  token = await kura.token(id, 'import')
  ports = { web: await freePort('127.0.0.1'), internal: await freePort('127.0.0.1') }
  const file = join(kura.folder, 'kura.json')
  const config = JSON.parse(await readFile(file, 'utf8'))
  config.web.port = ports.web
  config.internal.port = ports.internal
  await writeFile(file, JSON.stringify(config))
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await kura.close()
})

async function startWeb(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', './app/platform/tsx.ts', 'app/main.ts', 'web'],
    { env: { ...process.env, KURA_CONFIG: kura.folder }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  running.add(child)
  child.once('exit', () => running.delete(child))
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${ports.internal}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  return child
}

/** Begins an import; `acknowledged` fills as answers come, and `ended` is kept when no more can come. */
function beginImport(type: string, at = { id, token }) {
  const acknowledged: Outcome[] = []
  const { promise: ended, resolve } = Promise.withResolvers<'whole' | 'cut'>()
  const sending: ClientRequest = request(
    {
      host: '127.0.0.1',
      port: ports.web,
      path: '/api/v1/imports',
      method: 'POST',
      headers: { host: `${at.id}.example`, authorization: `Bearer ${at.token}`, 'content-type': type },
    },
    (response) => {
      const lines = createInterface(response)
      lines.on('line', (line) => acknowledged.push(JSON.parse(line)))
      // A cut connection emits an error on both; what counts is which answers came whole.
      lines.on('error', () => {})
      response.on('error', () => {})
      response.on('close', () => resolve(response.complete ? 'whole' : 'cut'))
    },
  )
  sending.on('error', () => resolve('cut'))
  return { sending, acknowledged, ended }
}

describe('a web process that is killed in the middle of imports', { timeout: 60_000 }, () => {
  it('loses nothing that it acknowledged, and leaves nothing half done', async () => {
    const seed = Number(process.env.KURA_SEED ?? Date.now() % 100_000)
    console.log(`seed ${seed} (KURA_SEED repeats it)`)
    for (let round = 0; round < 2; round++) {
      const web = await startWeb()
      const lines = beginImport('application/x-ndjson')
      for (let i = 0; i < 400; i++)
        lines.sending.write(`${JSON.stringify({ source: `${round}/line-${i}`, record: minimal(`Record ${i}`) })}\n`)
      const files: Record<string, string | Uint8Array> = {}
      for (let i = 0; i < 200; i++) {
        files[`${round}/zip-${i}.xml`] = minimalXml(`Packed ${i}`)
        files[`${round}/zip-${i}/image.png`] = new Uint8Array(20_000).fill(i)
        if (i % 10 === 0) files[`${round}/zip-${i}/words.txt`] = `words ${i}`
      }
      const packed = beginImport('application/zip')
      packed.sending.end(await zipOf(files))

      const target = 20 + ((seed + round * 37) % 100)
      // The first of those packed has a text to be read.
      while (packed.acknowledged.length === 0 || lines.acknowledged.length + packed.acknowledged.length < target)
        await sleep(1)
      web.kill('SIGKILL')
      await Promise.all([once(web, 'exit'), lines.ended, packed.ended])
      const acknowledged = [...lines.acknowledged, ...packed.acknowledged]
      expect(acknowledged.length).toBeGreaterThanOrEqual(target)
      expect(acknowledged.length).toBeLessThan(600)

      // Work that the process had claimed is left alone for a minute; the minute is over.
      await kura.asSuperuser(id, 'update outbox set due = now()')
      await kura.round(id)
      await kura.settle()
      await compare(acknowledged, round)
    }
  })
})

/** Compares what was acknowledged with what database, feed, index and objects hold. */
async function compare(acknowledged: Outcome[], round: number) {
  const { db, objects, search } = kura.tenant(id)
  const items = await db
    .selectFrom('item')
    .select(['number', 'source', 'revision', 'status'])
    .where('source', 'like', `${round}/%`)
    .execute()
  const bySource = new Map(items.map((item) => [item.source, item]))
  for (const { source, item } of acknowledged) expect(bySource.get(source)?.number, source ?? '').toBe(item.number)
  // Each of the two imports may have committed one more than it could still answer.
  expect(items.length - acknowledged.length).toBeLessThanOrEqual(2)
  expect(items.every(({ revision, status }) => revision === 1 && status === 'public')).toBe(true)

  const numbers = items.map(({ number }) => number)
  const feed = await db.selectFrom('publication').select('item').where('item', 'in', numbers).execute()
  expect(feed).toHaveLength(items.length)
  const indexed = await db.selectFrom('search_document').select('item').where('item', 'in', numbers).execute()
  expect(indexed).toHaveLength(items.length)
  expect((await search.search({ words: 'packed', statuses: ['public'], size: 1 })).total.value).toBeGreaterThan(0)

  const files = await db
    .selectFrom('file')
    .leftJoin('file_text', 'file_text.file', 'file.id')
    .select(['item', 'name', 'object', 'text'])
    .where('item', 'in', numbers)
    .execute()
  expect(files.filter(({ name }) => name === 'image.png')).toHaveLength(
    items.filter(({ source }) => source?.includes('zip')).length,
  )
  const words = files.filter(({ name }) => name === 'words.txt')
  expect(words.length).toBeGreaterThan(0)
  expect(words.every(({ text }) => text?.startsWith('words'))).toBe(true)
  for (const { object } of files) (await objects.get(object as string)).destroy()
  // What was written and not claimed is noted, so that it will be removed.
  const unclaimed = await db.selectFrom('unclaimed_object').select('object').execute()
  expect(unclaimed.length).toBeLessThanOrEqual((round + 1) * 2)
}

describe('an import whose web process is killed', { timeout: 120_000 }, () => {
  it('goes on by itself with the next one, and imports each record once', async () => {
    const seed = Number(process.env.KURA_SEED ?? Date.now() % 100_000)
    console.log(`seed ${seed} (KURA_SEED repeats it)`)
    const { db } = kura.tenant(resumed)
    const folder = join(kura.folder, 'to-import')
    for (let i = 0; i < 150; i++) {
      await mkdir(join(folder, `zip-${i}`), { recursive: true })
      await writeFile(join(folder, `zip-${i}.xml`), minimalXml(`Packed ${i}`))
      await writeFile(join(folder, `zip-${i}/data.bin`), new Uint8Array(20_000).fill(i))
    }
    const lines = Array.from({ length: 300 }, (_, i) => ({ source: `line-${i}`, record: minimal(`Line ${i}`) }))
    await writeFile(join(folder, 'lines.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'))

    let web = await startWeb()
    const done = async () =>
      (
        await db
          .selectFrom('import_outcome')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
      ).count
    const target = { url: `http://${resumed}.localhost:${ports.web}`, token: await kura.token(resumed, 'import') }
    // What a call is believed to be at work on for half a minute is given up; the half minute is over.
    const pause = async () => {
      await kura.asSuperuser(resumed, 'update import_call set leased_until = now()')
      await sleep(500)
    }
    const importing = Array.fromAsync(importInto(target, [folder, join(folder, 'lines.ndjson')], { pause }))
    for (const target of [10 + (seed % 60), 170 + (seed % 130)]) {
      while ((await done()) < target) await sleep(1)
      web.kill('SIGKILL')
      await once(web, 'exit')
      web = await startWeb()
    }
    const outcomes = await importing

    expect(new Set(outcomes.map(({ source }) => source)).size).toBe(450)
    expect(outcomes.map(({ status }) => status)).toEqual(Array(450).fill('imported'))
    const revisions = await db.selectFrom('revision').select(['item', 'revision']).execute()
    expect(revisions).toHaveLength(450)
    expect(revisions.every(({ revision }) => revision === 1)).toBe(true)
    web.kill('SIGTERM')
    await once(web, 'exit')
  })
})

describe('a web process that is killed in the middle of a restoration', { timeout: 120_000 }, () => {
  it('goes on when it is sent the same again, and ends with all that was exported', async () => {
    const seed = Number(process.env.KURA_SEED ?? Date.now() % 100_000)
    console.log(`seed ${seed} (KURA_SEED repeats it)`)
    const staff = depositor(kura, leaver, await kura.token(leaver, 'import', 'items:write', 'transfer'))
    const files: Record<string, string | Uint8Array> = {}
    for (let i = 0; i < 120; i++) {
      files[`${i}.xml`] = minimalXml(`Leaving ${i}`)
      files[`${i}/data.bin`] = new Uint8Array(20_000).fill(i)
    }
    await staff.zip(files)
    await kura.settle()
    const archive = new Uint8Array(await (await staff.api('/export')).arrayBuffer())

    const at = { id: comer, token: await kura.token(comer, 'import', 'transfer') }
    for (let kill = 0; kill < 2; kill++) {
      const web = await startWeb()
      const restoring = beginImport('application/zip', at)
      restoring.sending.end(archive)
      const target = 10 + kill * 40 + ((seed + kill * 37) % 30)
      while (restoring.acknowledged.length < target) await sleep(1)
      web.kill('SIGKILL')
      await Promise.all([once(web, 'exit'), restoring.ended])
      expect(restoring.acknowledged.length).toBeLessThan(121)
    }
    const web = await startWeb()
    const restoring = beginImport('application/zip', at)
    restoring.sending.end(archive)
    expect(await restoring.ended).toBe('whole')
    web.kill('SIGKILL')
    await once(web, 'exit')
    expect(restoring.acknowledged).toHaveLength(121)
    expect(restoring.acknowledged.flatMap(({ errors }) => errors)).toEqual([])

    await kura.asSuperuser(comer, 'update outbox set due = now()')
    await kura.round(comer)
    const here = depositor(kura, comer, await kura.token(comer, 'transfer'))
    const again = new Uint8Array(await (await here.api('/export')).arrayBuffer())
    const rows = async (archive: Uint8Array) =>
      [...(await unzip(archive))]
        .filter(([path]) => /\/data\/(kura\/.*ndjson|items\/\d+\/files\/.*)$/.test(path))
        .map(([path, bytes]) => [path.replace(/^[^/]+/, ''), bytes.toString('base64')])
    expect(await rows(again)).toEqual(await rows(archive))
    const indexed = await kura.tenant(comer).db.selectFrom('search_document').select('item').execute()
    expect(indexed).toHaveLength(120)
  })
})

describe('a web process that is killed in the middle of an upload', { timeout: 120_000 }, () => {
  it('loses nothing that had arrived, and gives the item the file once, by one revision', async () => {
    const seed = Number(process.env.KURA_SEED ?? Date.now() % 100_000)
    console.log(`seed ${seed} (KURA_SEED repeats it)`)
    const { db, objects } = kura.tenant(id)
    const as = await kura.token(id, 'items:write')
    const staff = depositor(kura, id, as)
    const { number } = await jsonOf<{ number: number }>(staff.api('/items', 'POST', { record: minimal('Uploaded') }))
    const bytes = randomBytes(48 * 2 ** 20)
    const begun = await staff.api(`/items/${number}/uploads`, 'POST', undefined, {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from('large.bin').toString('base64')}`,
    })
    const { pathname } = new URL(begun.headers.get('location') as string)
    const folder = join(kura.folder, 'scratch/uploads', id)
    const part = join(folder, pathname.split('/').at(-1) as string)
    const arrived = () =>
      stat(part).then(
        ({ size }) => size,
        () => 0,
      )
    await kura.asSuperuser(id, 'delete from unclaimed_object')
    const objectsNoted = async () => (await db.selectFrom('unclaimed_object').select('object').execute()).length

    let web = await startWeb()
    const uploading = upload(
      bytes,
      tusOptions(as, {
        uploadUrl: `http://${id}.example:${ports.web}${pathname}`,
        retryDelays: Array(600).fill(100),
        onShouldRetry: () => true,
      }),
    )
    for (let kill = 0; kill < 2; kill++) {
      const target = (kill * 0.4 + ((seed + kill * 37) % 100) / 300) * bytes.length
      while ((await arrived()) < target) await sleep(1)
      const before = await arrived()
      web.kill('SIGKILL')
      await once(web, 'exit')
      expect(await arrived()).toBeGreaterThanOrEqual(before)
      expect((await jsonOf<{ files: object[] }>(staff.api(`/items/${number}`))).files).toEqual([])
      web = await startWeb()
    }
    // All bytes are here, and on their way to the objects.
    while ((await objectsNoted()) === 0) await sleep(1)
    web.kill('SIGKILL')
    await once(web, 'exit')
    web = await startWeb()
    await uploading

    const item = await jsonOf<{ revision: number; files: { size: number }[] }>(staff.api(`/items/${number}`))
    expect([item.revision, item.files.map(({ size }) => size)]).toEqual([2, [bytes.length]])
    const { object } = await db.selectFrom('file').select('object').where('item', '=', number).executeTakeFirstOrThrow()
    expect((await buffer(await objects.get(object as string))).equals(bytes)).toBe(true)
    expect(await readdir(folder)).toEqual([])
    // What was written and not claimed is noted, so that it will be removed.
    expect(await objectsNoted()).toBeLessThanOrEqual(1)
    web.kill('SIGTERM')
    await once(web, 'exit')
  })
})

describe('a web process that is told to end', { timeout: 60_000 }, () => {
  it('finishes the request under way, takes no other, and ends cleanly', async () => {
    const web = await startWeb()
    const { sending, acknowledged, ended } = beginImport('application/x-ndjson')
    const line = (source: string) => `${JSON.stringify({ source, record: minimal(source) })}\n`
    sending.write(line('drain-1'))
    await expect.poll(() => acknowledged.length).toBe(1)
    web.kill('SIGTERM')
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${ports.web}/`).then(
          () => 'taken',
          () => 'refused',
        ),
      )
      .toBe('refused')
    const exit = once(web, 'exit')
    sending.end(line('drain-2'))
    expect(await ended).toBe('whole')
    expect(acknowledged.map(({ status }) => status)).toEqual(['imported', 'imported'])
    expect(await exit).toEqual([0, null])
  })
})
