import type { Tenant } from '../tenancy/index.ts'

const GIB = 2 ** 30

/** Bytes that the institution may still store; a call counts them down. */
export interface StorageRoom {
  bytes: number
}

/** What is left of the institution's storage. */
export async function storageRoom({ db, limits }: Tenant): Promise<StorageRoom> {
  const { used } = await db
    .selectFrom('file')
    .select(({ fn }) => fn.sum<string | null>('size').as('used'))
    .where('object', 'is not', null)
    .executeTakeFirstOrThrow()
  return { bytes: limits.storage * GIB - Number(used ?? 0) }
}
