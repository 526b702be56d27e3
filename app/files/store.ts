import { createHash, randomUUID } from 'node:crypto'
import type { Tx } from '../platform/database/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { mediaType } from './media.ts'

/** Milliseconds after which an object that no file has claimed is removed. */
const UNCLAIMED_FOR = 24 * 60 * 60 * 1000
/** Objects removed in one round. */
const SWEPT_AT_ONCE = 500

export interface StoredBytes {
  object: string
  size: number
  sha256: Buffer
  type: string
}

/**
 * Writes a file's bytes to the institution's objects, and measures them on the way. Until a transaction claims the
 * object ({@link claimObjects}), it is noted as unclaimed: what a crash leaves behind is swept up.
 */
export async function storeBytes(
  { db, objects }: Tenant,
  file: { name: string; claimedType: string | undefined; bytes: AsyncIterable<Uint8Array> },
): Promise<StoredBytes> {
  const object = randomUUID()
  await db
    .insertInto('unclaimed_object')
    .values({ object, remove_after: new Date(Date.now() + UNCLAIMED_FOR) })
    .execute()
  const measure = measured(file.bytes)
  await objects.put(object, measure.bytes)
  const type = mediaType(file.name, file.claimedType)
  const charset = type.startsWith('text/') && measure.isUtf8() ? '; charset=utf-8' : ''
  return { object, size: measure.size(), sha256: measure.sha256(), type: type + charset }
}

/** SHA-256 and size of bytes that go nowhere. */
export async function measureBytes(bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: Buffer; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha256: hash.digest(), size }
}

/**
 * Takes objects for files of this transaction.
 *
 * @throws Error if one has been swept up meanwhile.
 */
export async function claimObjects(tx: Tx, objects: string[]): Promise<void> {
  if (objects.length === 0) return
  const { numDeletedRows } = await tx.deleteFrom('unclaimed_object').where('object', 'in', objects).executeTakeFirst()
  if (numDeletedRows !== BigInt(objects.length)) throw new Error('an object was removed before a file claimed it')
}

/** Removes objects that no file holds and whose time has come. */
export async function sweepObjects({ db, objects }: Tenant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const due = await tx
      .selectFrom('unclaimed_object')
      .select('object')
      .where('remove_after', '<=', new Date())
      .limit(SWEPT_AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { object } of due) {
      await objects.delete(object)
      await tx.deleteFrom('unclaimed_object').where('object', '=', object).execute()
    }
  })
}

function measured(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let utf8 = true
  const decodes = (chunk?: Uint8Array) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
      return true
    } catch {
      return false
    }
  }
  async function* bytes() {
    for await (const chunk of source) {
      hash.update(chunk)
      size += chunk.length
      utf8 &&= decodes(chunk)
      yield chunk
    }
  }
  return { bytes: bytes(), size: () => size, sha256: () => hash.digest(), isUtf8: () => utf8 && decodes() }
}
