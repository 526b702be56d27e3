import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RefusingProxy, runRefusingProxy } from '../../test/services/refusing-proxy.ts'
import { BUCKET, KEYS, REGION, runS3, type S3Server } from '../../test/services/s3.ts'
import { type Depositor, depositor, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { objectStores } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import { purge } from '../tenancy/index.ts'

let server: S3Server
let proxy: RefusingProxy
let kura: Institutions
let [id, other] = ['', '']
let staff: Depositor
let base = ''
beforeAll(async () => {
  server = await runS3()
  proxy = await runRefusingProxy(server.port)
  kura = await openInstitutions(['objects', 'staying'], undefined, undefined, {
    config: {
      objects: { kind: 's3', endpoint: proxy.endpoint, region: REGION, bucket: BUCKET, downloads: '/_objects' },
    },
    secrets: { 'objects/id': KEYS[0].id, 'objects/secret': KEYS[0].secret },
  })
  ;[id, other] = kura.ids as [string, string]
  for (const each of [other, id]) {
    staff = depositor(kura, each, await kura.token(each, 'import', 'items:write'))
    const files = { 'r.xml': minimalXml('With files'), 'r/digits.txt': '0123456789', 'r/empty.txt': '' }
    const [outcome] = await staff.zip(files)
    base = `/items/${outcome?.item.number}`
  }
  await kura.settle()
})
afterAll(async () => {
  await kura?.close()
  proxy?.close()
  await server?.close()
})

const versionsOf = async (tenant: string) => {
  const below = { Bucket: BUCKET, Prefix: `${tenant}/` }
  const { Versions = [], DeleteMarkers = [] } = await server.client.send(new ListObjectVersionsCommand(below))
  return Versions.length + DeleteMarkers.length
}
const ask = (name: string, { headers, ...init }: { method?: string; headers?: Record<string, string> } = {}) =>
  kura.request(id, `${base}/files/${name}`, {
    ...init,
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0', ...headers },
  })
/** A file as it is sent where the proxy before us could not fetch it. */
const get = (name: string, headers: Record<string, string> = {}) =>
  ask(name, { headers: { 'x-handed-back': '1', ...headers } })

describe('files that are kept in S3', () => {
  it('are handed over to the proxy before us, and counted once whether it can fetch them or not', async () => {
    const counted = async () => {
      await kura.settle()
      const [row] = await kura.asSuperuser<{ sum: string }>(
        id,
        'select coalesce(sum(downloads), 0) as sum from item_use',
      )
      return Number(row?.sum)
    }
    const before = await counted()
    const handed = await ask('digits.txt')
    expect(handed.headers.get('x-accel-redirect')).toMatch(new RegExp(`^/_objects/${BUCKET}/${id}/`))
    expect([handed.headers.get('content-length'), await handed.text()]).toEqual(['0', ''])
    expect(await counted()).toBe(before + 1)
    await get('digits.txt')
    // Who goes on in the middle has begun before.
    const rest = await ask('digits.txt', { headers: { range: 'bytes=5-' } })
    expect(rest.headers.get('x-object-range')).toBe('bytes=5-9')
    expect(await counted()).toBe(before + 1)
  })

  it('are not handed over to whoever asks for no bytes, or has another or the same', async () => {
    const etag = (await ask('digits.txt')).headers.get('etag') as string
    const answers = [
      await ask('digits.txt', { method: 'HEAD' }),
      await ask('digits.txt', { headers: { 'if-none-match': etag } }),
      await ask('digits.txt', { headers: { 'if-match': '"another"' } }),
      await ask('digits.txt', { headers: { range: 'bytes=10-' } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 412, 416])
    for (const { headers } of answers)
      expect([...headers.keys()].filter((name) => /accel|object/.test(name))).toEqual([])
  })

  it('are sent whole and in ranges, also an empty one', async () => {
    expect(await (await get('digits.txt')).text()).toBe('0123456789')
    const part = await get('digits.txt', { range: 'bytes=3-5' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 3-5/10', '345'])
    expect(await (await get('empty.txt')).text()).toBe('')
  })

  it('are put on an item and taken away', async () => {
    const path = `/api/v1${base}/files/more.txt`
    const authorization = `Bearer ${await kura.token(id, 'items:write')}`
    const put = await kura.request(id, path, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'text/plain', 'if-none-match': '*' },
      body: 'more',
    })
    expect(put.status, await put.clone().text()).toBe(201)
    expect(await (await get('more.txt')).text()).toBe('more')
    const headers = { authorization, 'if-match': put.headers.get('etag') as string }
    expect((await kura.request(id, path, { method: 'DELETE', headers })).status).toBe(204)
    expect((await get('more.txt')).status).toBe(404)
  })

  it('are unavailable for a while when the server is gone, and there when it is back', async () => {
    await server.kill()
    const answer = await get('digits.txt')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect((await kura.request(id, base)).status).toBe(200)
    await server.start()
    expect(await (await get('digits.txt')).text()).toBe('0123456789')
  })

  it('go with the institution, their old versions too, and none of another', async () => {
    expect(await versionsOf(id)).toBeGreaterThan(0)
    const kept = await versionsOf(other)
    const file = join(kura.folder, `tenants/${id}.json`)
    const tenant = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...tenant, state: 'closed', purge: '2027-04-01' }))
    const config = loadConfig(kura.folder)
    const log = createLog('test', 'silent')
    const clock = { now: () => new Date('2027-04-02T00:00:00Z') }
    expect(await purge(config, objectStores(config, log), clock, log)).toEqual([])
    expect(await versionsOf(id)).toBe(0)
    expect(await versionsOf(other)).toBe(kept)
  })
})
