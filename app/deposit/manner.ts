import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { claimObjects, type StoredBytes } from '../files/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { Record } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { FormerAddress } from './former-addresses.ts'
import type { Outcome } from './incoming.ts'
import { type MeasuredFile, storeFiles } from './item-files.ts'

/** What an import has given to an item, where others could want it too. */
export interface Taken {
  number: number
  oaiIdentifier: string | null
  addresses: FormerAddress[]
  /** Digest of the import, by which one that says the same is known; nothing where it withdrew its item. */
  digest: Buffer | null
}

/** In what manner records are imported: for good, or as a trial that leaves nothing behind. */
export interface Manner {
  /** Carries out what makes one import, as one transaction. */
  transaction<T>(tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Puts the bytes of new files where the institution's objects are; by name. */
  store(tenant: Tenant, files: MeasuredFile[], record: Record): Promise<Map<string, StoredBytes>>
  /** Takes stored objects for files of the transaction. */
  claim(tx: Tx, objects: string[]): Promise<void>
  /** The next number for an item that has none yet. */
  nextNumber(tx: Tx): Promise<number>
  /** Lets items made from now on get numbers after one that an institution brought. No transaction takes it back. */
  skipNumber(tenant: Tenant, number: number): Promise<void>
  /** Whether a number or OAI identifier is given already, where the database does not know of it. */
  isTaken(item: Pick<Taken, 'number' | 'oaiIdentifier'>): boolean
  /** The item that a former address is given to already, where the database does not know of it. */
  holderOf(address: string): number | undefined
  /** What an earlier record of this call has given to a source, where the database does not know of it. */
  earlier(source: string): Taken | undefined
  /** Says in the transaction what it comes to: before its last step, which makes all publications wait for its end. */
  settle(tx: Tx, outcome: Outcome, taken: Taken): Promise<void>
}

/** Records are imported for good. */
export const forGood: Manner = {
  async transaction(tenant, work) {
    const result = await tenant.db.transaction().execute(work)
    tenant.handOn()
    return result
  },
  store: storeFiles,
  claim: claimObjects,
  async nextNumber(tx) {
    const { rows } = await sql<{ number: number }>`select nextval('item_number')::integer as number`.execute(tx)
    return (rows[0] as { number: number }).number
  },
  async skipNumber({ db }, number) {
    await sql`select setval('item_number', greatest(${number}, (select last_value from item_number)))`.execute(db)
  },
  isTaken: () => false,
  holderOf: () => undefined,
  earlier: () => undefined,
  async settle() {},
}

/**
 * Records are imported as they would be, each in a transaction of its own that is taken back: the database itself says
 * what it would refuse. What one record would have taken is kept in mind for those after it. One trial is one call.
 */
export async function openTrial({ db }: Tenant): Promise<Manner> {
  const { rows } = await sql<{ last: number }>`
    select (case when is_called then last_value else last_value - 1 end)::integer as last from item_number`.execute(db)
  let last = rows[0]?.last as number
  const numbers = new Set<number>()
  const identifiers = new Set<string>()
  const addresses = new Map<string, number>()
  const sources = new Map<string, Taken>()
  let settled: [source: string, Taken][] = []
  /** What holds once a transaction would have been committed. */
  const keep = (source: string, taken: Taken) => {
    sources.set(source, taken)
    numbers.add(taken.number)
    if (taken.oaiIdentifier !== null) identifiers.add(taken.oaiIdentifier)
    for (const { address } of taken.addresses) addresses.set(address, taken.number)
  }
  return {
    async transaction(tenant, work) {
      settled = []
      try {
        return await tenant.db.transaction().execute(async (tx) => {
          throw new TakenBack(await work(tx))
        })
      } catch (error) {
        if (!(error instanceof TakenBack)) throw error
        for (const each of settled) keep(...each)
        return error.result
      }
    },
    async store(_, files) {
      const pretended = ({ size, sha256 }: MeasuredFile) => ({ object: randomUUID(), size, sha256, type: '' })
      return new Map(files.map((file) => [file.name, pretended(file)]))
    },
    async claim() {},
    nextNumber: async () => ++last,
    async skipNumber(_, number) {
      last = Math.max(last, number)
    },
    isTaken: ({ number, oaiIdentifier }) =>
      numbers.has(number) || (oaiIdentifier !== null && identifiers.has(oaiIdentifier)),
    holderOf: (address) => addresses.get(address),
    earlier: (source) => sources.get(source),
    async settle(_tx, { source }, taken) {
      if (source !== null) settled.push([source, taken])
    },
  }
}

/** Ends a transaction of a trial, whatever came of it. */
class TakenBack<T> extends Error {
  readonly result: T
  constructor(result: T) {
    super('trial')
    this.result = result
  }
}
