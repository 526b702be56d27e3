import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RefusingProxy, runRefusingProxy } from '../../../test/services/refusing-proxy.ts'
import { BUCKET, KEYS, REGION, runS3, type S3Server, writeKey } from '../../../test/services/s3.ts'
import { temporaryFolder } from '../../../test/setup/folder.ts'
import { createLog } from '../../platform/logs.ts'
import { ObjectMissing, type ObjectStore, ObjectsUnavailable } from './port.ts'
import { s3Store } from './s3.ts'
import { objectStoreSuite } from './suite.ts'

const MIB = 2 ** 20

let server: S3Server
let proxy: RefusingProxy
let keys: Awaited<ReturnType<typeof temporaryFolder>>
let open: (tenant: string) => ObjectStore
let store: ObjectStore
beforeAll(async () => {
  server = await runS3()
  proxy = await runRefusingProxy(server.port)
  keys = await temporaryFolder()
  const key = await writeKey(join(keys.folder, 'objects'))
  const { endpoint } = proxy
  open = s3Store({ endpoint, region: REGION, bucket: BUCKET }, key, createLog('test', 'silent'))
  store = open('aozora')
})
afterAll(async () => {
  proxy?.close()
  await server?.close()
  await keys?.remove()
})
afterEach(() => proxy.behave({}))

objectStoreSuite(async () => open)

/** So many bytes that nobody holds at once. */
async function* bytesOf(size: number, after?: (sent: number) => void) {
  const piece = Buffer.allocUnsafe(64 * 1_024).map((_, index) => index % 251)
  for (let sent = 0; sent < size; sent += piece.length) {
    yield piece.subarray(0, Math.min(piece.length, size - sent))
    after?.(sent)
  }
}

async function digest(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

const unfinished = async () =>
  (await server.client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads ?? []
const versions = async (Prefix: string) => {
  const listed = await server.client.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix }))
  return [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])].length
}

describe('an object in S3', () => {
  it.each([8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 33 * MIB + 7])('of %i bytes comes back as it was sent', async (size) => {
    const key = randomUUID()
    await store.put(key, bytesOf(size))
    expect(await digest(await store.get(key))).toBe(await digest(bytesOf(size)))
    expect(await unfinished()).toEqual([])
  })

  it('of a GiB passes through little memory', { timeout: 300_000 }, async () => {
    const key = randomUUID()
    let most = 0
    const look = () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }
    const before = process.memoryUsage().arrayBuffers
    await store.put(key, bytesOf(1_024 * MIB, look))
    for await (const _ of await store.get(key)) look()
    expect((most - before) / MIB).toBeLessThan(200)
    await store.delete(key)
  })

  it('leaves nothing unfinished behind when its source fails in a later part', async () => {
    const key = randomUUID()
    async function* failing() {
      yield* bytesOf(20 * MIB)
      throw new Error('the sender went away')
    }
    await expect(store.put(key, failing())).rejects.toThrow('the sender went away')
    await expect(store.get(key)).rejects.toThrow(ObjectMissing)
    expect(await unfinished()).toEqual([])
  })

  it.each([1_000, 9 * MIB])('of %i bytes is not kept when it has changed on its way', async (size) => {
    const key = randomUUID()
    proxy.behave({ corrupt: true })
    await expect(store.put(key, bytesOf(size))).rejects.toThrow()
    await expect(store.get(key)).rejects.toThrow(ObjectMissing)
    expect(await unfinished()).toEqual([])
  })

  it('is read by a new key from the moment that its files hold it', async () => {
    const key = randomUUID()
    await store.put(key, bytesOf(10))
    await writeKey(join(keys.folder, 'objects'), { id: 'unknown', secret: 'unknown' } as never)
    await expect(store.get(key)).rejects.toThrow(ObjectsUnavailable)
    await writeKey(join(keys.folder, 'objects'), KEYS[1])
    expect(await buffer(await store.get(key))).toHaveLength(10)
  })

  it('is fetched by a signed address without a key, in part too, and by no other', async () => {
    const { endpoint } = proxy
    const keyFiles = await writeKey(join(keys.folder, 'objects'))
    const bucket = { endpoint, region: REGION, bucket: BUCKET, downloads: '/_objects' }
    const handing = s3Store(bucket, keyFiles, createLog('test', 'silent'))('aozora')
    const key = randomUUID()
    await handing.put(key, bytesOf(10))
    const address = (await handing.handOver(key)) ?? ''
    expect(address).toMatch(new RegExp(`^/_objects/${BUCKET}/aozora/${key}\\?.*X-Amz-Expires=60&`))
    const signed = endpoint + address.slice('/_objects'.length)
    expect(await (await fetch(signed)).bytes()).toHaveLength(10)
    const part = await fetch(signed, { headers: { range: 'bytes=2-4' } })
    expect([part.status, [...(await part.bytes())]]).toEqual([206, [2, 3, 4]])
    for (const other of [signed.replace(key, randomUUID()), signed.replace('Expires=60', 'Expires=61')])
      expect((await fetch(other)).status).toBe(403)
    expect(await store.handOver(key)).toBeUndefined()
  })

  it('was never sent in a way that Oracle refuses', () => expect(proxy.refused).toEqual([]))
})

describe('removing everything of an institution', () => {
  it('removes old versions and uploads that nobody has finished', async () => {
    const leaving = open('leaving')
    const key = randomUUID()
    for (const _ of [1, 2]) {
      await leaving.put(key, bytesOf(10))
      await leaving.delete(key)
    }
    expect(await versions('leaving/')).toBe(4)
    const Key = `leaving/${key}`
    await server.client.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key }))
    await leaving.deleteAll()
    expect(await versions('leaving/')).toBe(0)
    expect(await unfinished()).toEqual([])
  })

  it('goes through any number of pages', async () => {
    const large = open('large')
    for (let round = 0; round < 42; round++)
      await Promise.all(Array.from({ length: 25 }, () => large.put(randomUUID(), bytesOf(1))))
    expect(await versions('large/')).toBe(1_000)
    await large.deleteAll()
    expect(await versions('large/')).toBe(0)
  })

  it('hides everything where the key may not destroy versions', async () => {
    const hidden = open('hidden')
    const key = randomUUID()
    await hidden.put(key, bytesOf(10))
    proxy.behave({ keepVersions: true })
    await hidden.deleteAll()
    await expect(hidden.get(key)).rejects.toThrow(ObjectMissing)
    expect(await versions('hidden/')).toBe(2)
  })
})

describe('a server that fails', () => {
  it('is an error for whoever reads when the connection is cut, and never a shorter object', async () => {
    const key = randomUUID()
    await store.put(key, bytesOf(20 * MIB))
    proxy.behave({ cutAfter: 5 * MIB })
    await expect(digest(await store.get(key))).rejects.toThrow(ObjectsUnavailable)
  })

  it('is given up when nothing more comes, and not because a reader is slow', async () => {
    const key = randomUUID()
    await store.put(key, bytesOf(20 * MIB))
    const slow = await store.get(key)
    proxy.behave({ holdAfter: 5 * MIB })
    const held = digest(await store.get(key))
    await Promise.all([expect(held).rejects.toThrow('nothing more of an object came'), sleep(11_000)])
    expect(await digest(slow)).toBe(await digest(bytesOf(20 * MIB)))
  })

  it.each([10, 9 * MIB])('keeps nothing of %i bytes whose arrival nobody was told of', async (size) => {
    const key = randomUUID()
    proxy.behave({ lost: ({ method, url }) => (size === 10 ? method === 'PUT' : /\?uploadId=/.test(url ?? '')) })
    await expect(store.put(key, bytesOf(size))).rejects.toThrow()
    await expect(store.get(key)).rejects.toThrow(ObjectMissing)
    expect(await unfinished()).toEqual([])
  })

  it('is given up when it does not answer', async () => {
    proxy.behave({ unanswered: ({ method }) => method === 'GET' })
    await expect(store.get(randomUUID())).rejects.toThrow(ObjectsUnavailable)
  })

  it('lets go of the connection of a reader who leaves', async () => {
    const key = randomUUID()
    await store.put(key, bytesOf(20 * MIB))
    const before = await proxy.connections()
    const readers = await Promise.all(Array.from({ length: 20 }, () => store.get(key)))
    await Promise.all(readers.map((bytes) => once(bytes, 'readable')))
    expect(await proxy.connections()).toBeGreaterThanOrEqual(20)
    for (const bytes of readers) bytes.destroy()
    await expect.poll(() => proxy.connections()).toBeLessThanOrEqual(before)
  })

  it('killed in the middle leaves nothing half, and has what was acknowledged when it is back', async () => {
    const kept: string[] = []
    for (let count = 0; count < 20; count++) {
      const key = randomUUID()
      await store.put(key, bytesOf(100_000))
      kept.push(key)
    }
    const large = randomUUID()
    await store.put(large, bytesOf(64 * MIB))
    const read: Readable = await store.get(large)
    await once(read, 'readable')

    const half = randomUUID()
    const died = Promise.withResolvers<void>()
    async function* whileItDies() {
      yield* bytesOf(20 * MIB)
      await server.kill()
      died.resolve()
      yield* bytesOf(20 * MIB)
    }
    const put = store.put(half, whileItDies())
    await Promise.all([
      expect(put).rejects.toThrow(ObjectsUnavailable),
      died.promise.then(() => expect(digest(read)).rejects.toThrow(ObjectsUnavailable)),
      died.promise.then(() => expect(store.get(kept[0] as string)).rejects.toThrow(ObjectsUnavailable)),
    ])

    await server.start()
    await expect(store.get(half)).rejects.toThrow(ObjectMissing)
    const whole = await digest(bytesOf(100_000))
    for (const key of kept) expect(await digest(await store.get(key))).toBe(whole)
    expect(await digest(await store.get(large))).toBe(await digest(bytesOf(64 * MIB)))
    // What the crash has left goes with the rule of the bucket, or with the institution.
    await store.deleteAll()
    expect(await unfinished()).toEqual([])
  })
})
