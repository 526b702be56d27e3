import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, actorName } from '../accounts/index.ts'
import type { Database } from '../platform/database/index.ts'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Incoming, Outcome } from './incoming.ts'

/** Seconds for which a call is believed to be at work without having said so again. */
const LEASE = 30
/** Milliseconds after which it says so again. */
const RENEWAL = 10_000
/** Days for which a call is remembered after it was last heard of. */
const REMEMBERED = 7
/** Outcomes read at a time, and removed in one round of the worker. */
const PAGE = 200
const SWEPT_AT_ONCE = 10_000

/**
 * A call that brought an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07). What became of each of its
 * records is noted in the record's own transaction, so that the call can be sent again after whatever broke it off:
 * records that were dealt with are answered as they were, and the others are dealt with now.
 */
export interface KeyedCall {
  /** Records that were dealt with before this time. */
  readonly answered: number
  /** Whether that was all of them. */
  readonly done: boolean
  /** Whether the record at a place of the call is the one that stood there before. */
  matches(position: number, incoming: Incoming): Promise<boolean>
  /** Whether the body is the one that came before, as far as is known of either. */
  isBody(digest: Buffer | undefined): boolean
  /** The answers given before, in order. */
  answers(): AsyncGenerator<string>
  /**
   * Notes what became of the record at a place of the call.
   *
   * @param db the record's transaction, if it has one.
   * @param body digest of the whole body, once there is one.
   * @throws Error if the call was sent again meanwhile and is worked on elsewhere.
   */
  note(
    db: Pick<Database, 'getExecutor'>,
    position: number,
    incoming: Incoming,
    outcome: Outcome,
    body?: Buffer,
  ): Promise<void>
  /** Says that the call is being worked on: now, or as long as a piece of work takes and is up to us. */
  alive(): void
  during<T>(work: () => Promise<T>, isUpToUs?: () => boolean): Promise<T>
  /** Says the same of what notes nothing. @throws Error if the call is worked on elsewhere. */
  hold(): Promise<void>
  /** Says that all records have been dealt with. */
  finish(body: Buffer | undefined): Promise<void>
  /** Lets others work on the call. */
  release(): Promise<void>
}

/** What the header may hold: a string of RFC 9651 in its quotes, or what many clients send, without them. */
export const KEY = /^"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"$|^([\x21\x23-\x5b\x5d-\x7e]{1,255})$/

/**
 * The key that a request's header gives.
 *
 * @throws Problem 400 if it is neither.
 */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const key = KEY.exec(header.trim())
  if (!key) throw new Problem(400, 'Bad request', 'Idempotency-Key must be a string of 1 to 255 characters in quotes.')
  return key[1] ?? key[2]
}

/**
 * Begins a call, or goes on with it.
 *
 * @param request what is asked besides the body.
 * @throws Problem 409 if it is being worked on, 422 if the key was used for another request.
 */
export async function openCall(tenant: Tenant, actor: Actor, key: string, request: string): Promise<KeyedCall> {
  const { db } = tenant
  const runner = randomUUID()
  const until = sql<Date>`now() + make_interval(secs => ${LEASE})`
  const call = await db
    .insertInto('import_call')
    .values({ actor: actorName(actor), key, request, body: null, runner, leased_until: until })
    .onConflict((conflict) =>
      conflict
        .columns(['actor', 'key'])
        .doUpdateSet({ runner, leased_until: until })
        .where('import_call.leased_until', '<=', sql<Date>`now()`),
    )
    .returning(['id', 'request', 'body', 'done'])
    .executeTakeFirst()
  if (!call) throw await running(db, actor, key)
  const mine = db.updateTable('import_call').where('id', '=', call.id).where('runner', '=', runner)
  const release = async () => {
    await mine.set({ leased_until: sql<Date>`now()` }).execute()
  }
  let renewed = Date.now()
  const renew = () => {
    renewed = Date.now()
    // One that fails is made good by the next, or by the next record's note.
    mine
      .set({ leased_until: until })
      .execute()
      .catch(() => {})
  }

  const alive = () => {
    if (Date.now() - renewed > RENEWAL) renew()
  }

  if (call.request !== request) {
    await release()
    throw otherPayload('another kind of request')
  }
  const { count } = await db
    .selectFrom('import_outcome')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('call', '=', call.id)
    .executeTakeFirstOrThrow()

  const rowsFrom = (position: number) =>
    db
      .selectFrom('import_outcome')
      .selectAll()
      .where('call', '=', call.id)
      .where('position', '>=', position)
      .where('position', '<', count)
      .orderBy('position')
      .limit(PAGE)
      .execute()

  let page: { position: number; record: Buffer }[] = []
  return {
    answered: count,
    done: call.done,
    async matches(at, incoming) {
      alive()
      if (page[0]?.position !== at) page = await rowsFrom(at)
      return page.shift()?.record.equals(digestOf(incoming)) === true
    },
    isBody: (digest) => call.body === null || digest === undefined || call.body.equals(digest),
    async *answers() {
      for (let from = 0; from < count; ) {
        alive()
        const rows = await rowsFrom(from)
        for (const { outcome } of rows) yield outcome
        from += rows.length
      }
    },
    async note(executor, position, incoming, outcome, body) {
      const { rows } = await sql`
        with mine as (
          update import_call set leased_until = ${until}, body = coalesce(body, ${body ?? null})
          where id = ${call.id} and runner = ${runner} returning id
        )
        insert into import_outcome (call, position, record, outcome)
        select id, ${position}, ${digestOf(incoming)}, ${JSON.stringify(outcome)} from mine
        returning position`.execute(executor)
      if (rows.length === 0) throw elsewhere()
    },
    alive,
    async during(work, isUpToUs = () => true) {
      const timer = setInterval(() => isUpToUs() && renew(), RENEWAL)
      try {
        return await work()
      } finally {
        clearInterval(timer)
      }
    },
    async hold() {
      const { numUpdatedRows } = await mine.set({ leased_until: until }).executeTakeFirst()
      if (numUpdatedRows === 0n) throw elsewhere()
    },
    async finish(body) {
      await mine.set({ done: true, ...(body && { body }) }).execute()
    },
    release,
  }
}

const elsewhere = () => new Error('this call is worked on elsewhere')

export const otherPayload = (what: string) =>
  new Problem(422, 'Key used before', `This Idempotency-Key was used for ${what}: a new request needs a new key.`)

async function running(db: Database, actor: Actor, key: string): Promise<Problem> {
  const row = await db
    .selectFrom('import_call')
    .select(sql<number>`greatest(1, ceil(extract(epoch from leased_until - now())))::integer`.as('seconds'))
    .where('actor', '=', actorName(actor))
    .where('key', '=', key)
    .executeTakeFirst()
  return new Problem(409, 'Still running', 'The call with this Idempotency-Key is still being worked on.', {
    'retry-after': String(row?.seconds ?? 1),
  })
}

/**
 * A hash of what a record says, or of what is wrong with it; another release may warn of other things. Of its files the
 * names alone: their bytes are in the digest of the body.
 */
function digestOf({ reading, files, ...said }: Incoming): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([said, reading.record ?? reading.errors, [...files.folder.keys()]]))
    .digest()
}

/** Forgets calls that have not been heard of for days, a bounded number of their outcomes in a round. */
export async function sweepCalls({ db }: Tenant): Promise<void> {
  // First their keys, at once: nobody may go on with a call of which half is forgotten. No depositor's has a line feed.
  await sql`
    update import_call set key = chr(10) || id
    where leased_until < now() - make_interval(days => ${REMEMBERED}) and key not like chr(10) || '%'`.execute(db)
  const forgotten = sql`
    select id from import_call
    where leased_until < now() - make_interval(days => ${REMEMBERED}) and key like chr(10) || '%'`
  await sql`
    delete from import_outcome where ctid in (
      select ctid from import_outcome where call in (${forgotten}) limit ${SWEPT_AT_ONCE})`.execute(db)
  await sql`
    delete from import_call where id in (${forgotten})
      and not exists (select from import_outcome where call = import_call.id)`.execute(db)
}
