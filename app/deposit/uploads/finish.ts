import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Actor } from '../../accounts/index.ts'
import { storeBytes } from '../../files/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { putFile } from '../editing/put-file.ts'
import { leaseUpload } from './lease.ts'
import { fileOf } from './metadata.ts'
import { partPath, readUpload } from './store.ts'

/**
 * Puts a file of which all bytes are here on its item: stored as an object, and in one transaction claimed, on the item
 * and noted as done. Whatever breaks it off, it can be done again; done already, it does nothing.
 *
 * @throws Problem where the item takes no files any more.
 */
export async function finishUpload(tenant: Tenant, actor: Actor, item: number, id: string): Promise<void> {
  // It ends by itself, and whoever waits will find it done.
  const lease = await leaseUpload(tenant, id, () => {})
  try {
    const upload = await readUpload(tenant, item, id)
    if (upload.done) return
    const { name, claimedType, chosen } = fileOf(upload.metadata)
    const bytes = upload.size === 0 ? Readable.from([]) : createReadStream(partPath(tenant, id))
    const stored = await storeBytes(tenant, { name, claimedType, bytes })
    if (stored.size !== upload.size) throw new Error(`upload ${id} has ${stored.size} bytes of ${upload.size}`)
    await putFile(tenant, actor, item, { name, stored, chosen }, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('upload')
        .set({ done: true })
        .where('id', '=', id)
        .where('runner', '=', lease.runner)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw new Error(`upload ${id} is worked on elsewhere`)
    })
    await rm(partPath(tenant, id), { force: true })
  } finally {
    await lease.release()
  }
}
