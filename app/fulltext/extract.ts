import { sql } from 'kysely'
import type { Log } from '../platform/logs.ts'
import { openScratch } from '../platform/scratch.ts'
import { ObjectMissing } from '../ports/objects/port.ts'
import type { Tenant } from '../tenancy/index.ts'
import { confinement } from './confinement.ts'
import { isUnread } from './follow-files.ts'
import { Broken, type Reading, readFile } from './read-file.ts'

/** Bytes of a file that is read at most. */
const LARGEST = 500_000_000
/** How often a file is tried that ends its reader, or us: it must not be for ever. */
const MOST_TRIES = 3

interface UnreadFile {
  id: string
  object: string
  type: string
  size: number
}

/**
 * Reads the next file of an item that has not been read, and leaves the rest of them, or the item's way into the index,
 * in the outbox: a file is a piece of work of its own, so that its lease is not that of forty.
 */
export function extractTexts(log: Log) {
  let told: Promise<void> | undefined
  return async (tenant: Tenant, items: number[], stop: AbortSignal): Promise<void> => {
    told ??= tellConfinement(log)
    await told
    for (const item of items) {
      const [file, next] = await unreadFiles(tenant, item)
      if (!file) continue
      const began = performance.now()
      const reading = await read(tenant, file, stop)
      await keep(tenant, item, file, reading, next !== undefined)
      const { state, reason } = reading
      const ms = Math.round(performance.now() - began)
      const said = { tenant: tenant.id, item, file: file.id, bytes: file.size, state, reason, ms }
      log[state === 'failed' ? 'warn' : 'info'](said, 'text of a file')
      tenant.handOn()
    }
  }
}

/** An operator should know what this system does not let us forbid. */
async function tellConfinement(log: Log) {
  const { without, seals, memory } = await confinement()
  const network = without.length > 0 || seals
  const said = { network: !network, files: !seals, memory: !memory }
  if (network && memory) log.info({ unconfined: said }, 'files are read in confined processes')
  else log.warn({ unconfined: said }, 'files are read in processes that this system cannot confine as they should be')
}

const unreadFiles = async ({ db }: Tenant, item: number): Promise<UnreadFile[]> => {
  const { rows } = await sql<UnreadFile>`
    select file.id, file.object, file.type, file.size
    from file left join file_text on file_text.file = file.id
    where file.item = ${item} and ${isUnread} order by file.position limit 2`.execute(db)
  return rows
}

async function read(tenant: Tenant, file: UnreadFile, stop: AbortSignal): Promise<Reading> {
  if (file.size > LARGEST) return { state: 'nothing', reason: `is larger than ${LARGEST / 1_000_000} MB` }
  const input = await openScratch(tenant.scratch.generated)
  try {
    await input.writeFile(await tenant.objects.get(file.object))
    const tries = await begin(tenant, file)
    if (tries === 0) throw new ObjectMissing(file.object)
    if (tries > MOST_TRIES) return { state: 'failed', reason: `was begun ${MOST_TRIES} times and never ended` }
    try {
      return await readFile(input, file.type, { stop })
    } catch (error) {
      if (stop.aborted) await unbegin(tenant, file)
      if (!(error instanceof Broken) || tries < MOST_TRIES) throw error
      return { state: 'failed', reason: error.message }
    }
  } catch (error) {
    if (error instanceof ObjectMissing) return { state: 'failed', reason: error.message }
    throw error
  } finally {
    await input.close()
  }
}

/**
 * Notes a try before it begins: one that ends the whole process has been counted.
 *
 * @returns how many there have been; none if the file's bytes have been given up meanwhile.
 */
async function begin({ db }: Tenant, { id }: UnreadFile): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    insert into file_text (file, state, tries)
    select id, 'begun', 1 from file where id = ${id} and object is not null for share
    on conflict (file) do update set tries = file_text.tries + 1
    returning tries`.execute(db)
  return rows[0]?.tries ?? 0
}

/** A try that we broke off ourselves does not count. */
const unbegin = ({ db }: Tenant, { id }: UnreadFile) =>
  db.updateTable('file_text').set({ tries: sql`tries - 1` }).where('file', '=', id).execute()

/** Keeps what was read, unless the file's bytes have been given up meanwhile, and leaves what follows in the outbox. */
async function keep({ db }: Tenant, item: number, { id }: UnreadFile, reading: Reading, more: boolean) {
  const text = reading.state === 'read' ? reading.text : null
  await db.transaction().execute(async (tx) => {
    // Whoever gives the bytes up changes the file's row first, and forgets its text afterwards: one of us waits.
    await sql`
      insert into file_text (file, state, text, reason)
      select id, ${reading.state}, ${text}, ${reading.reason ?? null} from file
      where id = ${id} and object is not null for share
      on conflict (file) do update
      set state = excluded.state, text = excluded.text, reason = excluded.reason, at = excluded.at`.execute(tx)
    await sql`
      insert into outbox (work, item, revision)
      select ${more ? 'extract' : 'index'}, number, revision from item where number = ${item}`.execute(tx)
  })
}
