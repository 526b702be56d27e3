import type { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3'
import type { Log } from '../../platform/logs.ts'
import { mustBeKey, ObjectMissing, type ObjectStore } from './port.ts'
import { type Bucket, connect, type KeyFiles } from './s3/connection.ts'
import { withPatience } from './s3/patience.ts'
import { presign } from './s3/presign.ts'
import { removeBelow } from './s3/removal.ts'
import { upload } from './s3/upload.ts'

/** Connections for reading, each held until its reader is done, and for everything else, which never waits for those. */
const READING = 1_000
const WRITING = 50
/** Milliseconds in which an object is opened, however often that is tried: a reader waits for it. */
const OPENED = 8_000

/** Objects in a bucket, below a prefix for each institution: `<id of the institution>/<key>`. */
export function s3Store(bucket: Bucket, key: KeyFiles, log: Log): (tenant: string) => ObjectStore {
  const reading = connect(bucket, key, READING)
  const writing = connect(bucket, key, WRITING)
  return (tenant) => {
    const place = (key: string) => {
      mustBeKey(key)
      return { Bucket: bucket.bucket, Key: `${tenant}/${key}` }
    }
    const remove = (key: string) => writing.send(new DeleteObjectCommand(place(key)))
    return {
      async put(key, bytes) {
        const target = place(key)
        try {
          await upload(writing, target, bytes)
        } catch (error) {
          // It may have arrived, and the answer been lost: asked again, the server no longer knows of the upload.
          await remove(key).catch(() => {})
          throw error
        }
      },
      async get(key, range) {
        const opened = new AbortController()
        const limit = setTimeout(() => opened.abort(), OPENED)
        try {
          const Range = range && `bytes=${range.start}-${range.end}`
          const command = new GetObjectCommand({ ...place(key), Range })
          const { Body } = await reading.send(command, { abortSignal: opened.signal })
          return withPatience(Body as Readable)
        } catch (error) {
          if (error instanceof NoSuchKey) throw new ObjectMissing(key)
          throw error
        } finally {
          clearTimeout(limit)
        }
      },
      async handOver(key) {
        if (bucket.downloads === undefined) return undefined
        const { Bucket, Key } = place(key)
        return bucket.downloads + (await presign(reading, bucket.endpoint, `${Bucket}/${Key}`))
      },
      async delete(key) {
        await remove(key)
      },
      async deleteAll() {
        const below = { Bucket: bucket.bucket, Prefix: `${tenant}/` }
        const oldVersions = await removeBelow(writing, below)
        if (oldVersions === 'kept')
          log.info({ tenant }, 'old versions of objects stay until the rule of the bucket removes them')
      },
    }
  }
}
