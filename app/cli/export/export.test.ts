import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/setup/folder.ts'
import { unzip } from '../../../test/support/archive.ts'
import { depositor, minimalXml } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'

/** The commands as a person runs them, against institutions over HTTP. */

let kura: Institutions
let server: Server
let port: number
let from: string
let to: string
let folder: string
let remove: () => Promise<void>
/** What happens to an answer on its way. */
let onTheWay: (response: Response) => Response | Promise<Response>

beforeAll(async () => {
  kura = await openInstitutions(['leaver', 'comer'])
  ;[from, to] = kura.ids as [string, string]
  const staff = depositor(kura, from, await kura.token(from, 'import', 'items:write'))
  await staff.zip({ 'a.xml': minimalXml('A'), 'a/本文.txt': 'Bytes of A' })
  const fetch = async (request: Request) => {
    const { body, method, headers, url } = request
    const [, id, ...path] = new URL(url).pathname.split('/')
    const passed = Object.fromEntries([...headers].filter(([name]) => name !== 'host'))
    const init = { method, headers: passed, ...(body && { body, duplex: 'half' }) } as RequestInit
    return await onTheWay(await kura.request(id as string, `/${path.join('/')}`, init))
  }
  server = createAdaptorServer({ fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.close()
  await kura.close()
})
beforeEach(async () => {
  onTheWay = (response) => response
  ;({ folder, remove } = await temporaryFolder())
})
afterEach(() => remove())

async function run(command: 'export' | 'import', id: string, path: string, ...scopes: ('import' | 'transfer')[]) {
  const KURA_TOKEN = await kura.token(id, ...scopes)
  const child = spawn('node', ['tools/run.mjs', 'app/cli/kura.ts', command, '--tenant', 'any', path], {
    env: { PATH: process.env.PATH, INIT_CWD: folder, KURA_URL: `http://127.0.0.1:${port}/${id}`, KURA_TOKEN },
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr, code }
}

it.each(['all.zip', 'all'])('writes %s, verified, which import restores elsewhere', async (path) => {
  const written = await run('export', from, path, 'transfer')
  expect([written.code, written.stderr]).toEqual([0, expect.stringContaining('17 files verified')])
  expect(JSON.parse(written.stdout)).toEqual({ files: 17, bytes: expect.any(Number), seconds: expect.any(Number) })
  expect(await readdir(folder)).toEqual([path])
  if (path === 'all') expect(await readFile(join(folder, 'all/data/items/1/files/本文.txt'), 'utf8')).toBe('Bytes of A')
  else
    expect([...(await unzip(await readFile(join(folder, path)))).keys()]).toContainEqual(expect.stringMatching(/本文/))

  const restored = await run('import', to, path, 'import', 'transfer')
  expect(restored.code, restored.stderr).toBe(0)
  const { seconds: _, ...counts } = JSON.parse(restored.stdout)
  // The second time all of it is there.
  expect(counts).toEqual(
    path === 'all.zip'
      ? { imported: 2, updated: 0, unchanged: 0, rejected: 0 }
      : { imported: 0, updated: 0, unchanged: 2, rejected: 0 },
  )
})

it('overwrites nothing', async () => {
  await writeFile(join(folder, 'all.zip'), 'precious')
  const { code, stderr } = await run('export', from, 'all.zip', 'transfer')
  expect([code, stderr]).toEqual([1, expect.stringContaining('is there already')])
  expect(await readFile(join(folder, 'all.zip'), 'utf8')).toBe('precious')
})

it.each([
  ['all.zip', 'all.zip.partial'],
  ['all', 'all.unpacked/all.partial'],
])('touches nothing beside %s', async (path, beside) => {
  await mkdir(join(folder, 'all.unpacked'))
  await writeFile(join(folder, beside), 'precious')
  expect((await run('export', from, path, 'transfer')).code).toBe(0)
  expect(new Set(await readdir(folder))).toEqual(new Set([path, 'all.unpacked', beside.split('/')[0]]))
  expect(await readFile(join(folder, beside), 'utf8')).toBe('precious')
})

it('says what the institution said', async () => {
  const { code, stderr, stdout } = await run('export', from, 'all.zip', 'import')
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('This token lacks the scope for this.')])
})

it.each([
  ['is cut off', 'broke off', (bytes: Uint8Array) => cut(bytes.subarray(0, bytes.length / 2))],
  ['is whole but for its end', 'End of central directory', (bytes: Uint8Array) => new Response(bytes.slice(0, -10))],
  [
    'has an altered file',
    'is altered',
    (bytes: Uint8Array) => {
      const altered = Buffer.from(bytes)
      altered.write('Wrong', altered.indexOf('Bytes of A'))
      return new Response(altered)
    },
  ],
])('keeps nothing of an export that %s, and says so', async (_, says, change) => {
  onTheWay = async (response) => change(new Uint8Array(await response.arrayBuffer()))
  const { code, stderr, stdout } = await run('export', from, 'all.zip', 'transfer')
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(says)])
  expect(await readdir(folder)).toEqual([])
})

/** An answer that ends before its time. */
function cut(bytes: Uint8Array): Response {
  let given = false
  return new Response(
    new ReadableStream({
      pull(controller) {
        if (given) controller.error(new Error('cut'))
        else controller.enqueue(bytes)
        given = true
      },
    }),
  )
}
