import { createReadStream, read } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from '../../platform/sync-folder.ts'
import { mustBeKey, ObjectMissing, type ObjectStore } from './port.ts'

/** Bytes that are read at a time: ten thousand may be reading at once, slowly, and each holds as much. */
const CHUNK = 32 * 1_024

/** Objects as files below a folder, a folder for each institution. */
export function folderStore(root: string): (tenant: string) => ObjectStore {
  const files = openedOnce()
  return (tenant) => {
    // Two levels of 256: a folder never holds more than a few thousand files.
    const path = (key: string) => {
      mustBeKey(key)
      return join(root, tenant, key.slice(0, 2), key.slice(2, 4), key)
    }
    return {
      async put(key, bytes) {
        const target = path(key)
        const folder = dirname(target)
        await mkdir(folder, { recursive: true })
        const partial = partialOf(target)
        try {
          const file = await open(partial, 'w')
          // `flush` writes the file to the disk before it is closed; only then does it get its name.
          await pipeline(bytes, file.createWriteStream({ flush: true }))
          await rename(partial, target)
        } catch (error) {
          await rm(partial, { force: true })
          throw error
        }
        await syncFolder(folder)
      },
      async get(key, range) {
        try {
          return await files.read(path(key), range)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ObjectMissing(key)
          throw error
        }
      },
      async handOver() {
        return undefined
      },
      async delete(key) {
        files.forget(path(key))
        await rm(path(key), { force: true })
        await rm(partialOf(path(key)), { force: true })
      },
      async deleteAll() {
        await rm(join(root, tenant), { recursive: true, force: true })
      },
    }
  }
}

/** Opens files to read, each once however many read it: one that everybody wants costs the process one descriptor. */
function openedOnce() {
  const opened = new Map<string, { file: Promise<FileHandle>; readers: number }>()
  return {
    async read(path: string, { start = 0, end = Infinity }: { start?: number; end?: number } = {}): Promise<Readable> {
      const entry = opened.get(path) ?? { file: open(path, 'r'), readers: 0 }
      opened.set(path, entry)
      entry.readers++
      const leave = async () => {
        if (--entry.readers > 0) return
        if (opened.get(path) === entry) opened.delete(path)
        await (await entry.file).close()
      }
      try {
        const { fd } = await entry.file
        // With a place to begin at, none moves the others'.
        const close = (_: number, done: (error?: Error | null) => void) => void leave().then(() => done(), done)
        return createReadStream(path, { fd, start, end, highWaterMark: CHUNK, fs: { read, close } })
      } catch (error) {
        if (opened.get(path) === entry) opened.delete(path)
        throw error
      }
    },
    /** Whoever comes now finds what is there now. */
    forget(path: string) {
      opened.delete(path)
    },
  }
}

/** Where an object is written before it is whole: named after it, so that whoever removes the object removes it too. */
const partialOf = (target: string) => join(dirname(target), `.${basename(target)}`)
