import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ObjectMissing, type ObjectStore } from './port.ts'

/** What every object store must do: run by the test of each adapter. */
export function objectStoreSuite(open: () => Promise<(tenant: string) => ObjectStore>) {
  describe('object store', () => {
    const bytes = new Uint8Array(300_000).map((_, index) => index % 251)
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    }

    it('gives back what was put', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, chunks())
      expect(new Uint8Array(await buffer(await store.get(key)))).toEqual(bytes)
    })

    it('gives a range with both ends included', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, chunks())
      expect([...(await buffer(await store.get(key, { start: 250, end: 252 })))]).toEqual([250, 0, 1])
      expect([...(await buffer(await store.get(key, { start: 299_999, end: 299_999 })))]).toEqual([bytes[299_999]])
    })

    it('gives many readers at once each what they asked for, also one that leaves early', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, chunks())
      const streams = await Promise.all([0, 1, 2].map((start) => store.get(key, { start, end: 299_999 })))
      streams[1]?.destroy()
      expect((await buffer(streams[0] as Readable)).equals(bytes)).toBe(true)
      expect((await buffer(streams[2] as Readable)).equals(bytes.subarray(2))).toBe(true)
      expect(new Uint8Array(await buffer(await store.get(key)))).toEqual(bytes)
    })

    it('does not give what was removed, also while somebody reads it still', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, chunks())
      const stream = await store.get(key)
      await store.delete(key)
      await expect(store.get(key)).rejects.toThrow(ObjectMissing)
      stream.destroy()
    })

    it('keeps an empty object', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, (async function* () {})())
      expect(await buffer(await store.get(key))).toHaveLength(0)
    })

    it('leaves nothing behind when the source fails midway', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      async function* failing() {
        yield bytes.subarray(0, 100_000)
        throw new Error('the sender went away')
      }
      await expect(store.put(key, failing())).rejects.toThrow('the sender went away')
      await expect(store.get(key)).rejects.toThrow(ObjectMissing)
    })

    it('removes an object, and does not mind one that is not there', async () => {
      const store = (await open())('a')
      const key = randomUUID()
      await store.put(key, chunks())
      await store.delete(key)
      await store.delete(key)
      await expect(store.get(key)).rejects.toThrow(ObjectMissing)
    })

    it("removes all objects of an institution, twice if need be, and none of another's", async () => {
      const stores = await open()
      const keys = [randomUUID(), randomUUID()]
      for (const key of keys) await stores('a').put(key, chunks())
      await stores('ab').put(keys[0] as string, chunks())
      await stores('a').deleteAll()
      await stores('a').deleteAll()
      for (const key of keys) await expect(stores('a').get(key)).rejects.toThrow(ObjectMissing)
      expect(await buffer(await stores('ab').get(keys[0] as string))).toHaveLength(bytes.length)
    })

    it('does not find an object of another institution under its key', async () => {
      const stores = await open()
      const key = randomUUID()
      await stores('a').put(key, chunks())
      await expect(stores('b').get(key)).rejects.toThrow(ObjectMissing)
    })

    it('refuses a key that is not one of ours', async () => {
      const store = (await open())('a')
      await expect(store.get('../b/secret')).rejects.toThrow('UUID')
    })
  })
}
