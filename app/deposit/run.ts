import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import { importOne } from './import-one.ts'
import type { Incoming, Outcome } from './incoming.ts'
import { type KeyedCall, otherPayload } from './keyed-call.ts'
import { forGood, type Manner, openTrial } from './manner.ts'
import { fault } from './rejection.ts'
import { storageRoom } from './storage-room.ts'

/** A call that is to be carried out. */
export interface Run {
  variables: Env['Variables']
  mode: 'import' | 'check'
  /** The records of its body, read one by one. */
  records: AsyncGenerator<Incoming>
  /** Digest of the body, once it has been read to its end. */
  bodyDigest: () => Buffer | undefined
  /** The call that it goes on with, if it brought a key. */
  key: KeyedCall | undefined
}

/**
 * Begins a call. Whether its body can be read, and is the one that came with its key before, shows with its first
 * records: before the answer begins.
 *
 * @returns a line of JSON for each record, given once it is dealt with and before the next is read.
 * @throws Problem 422 for another body than before, and what the form of the import throws for one it cannot read.
 */
export async function beginRun(run: Run): Promise<AsyncGenerator<string>> {
  const { records, key, bodyDigest } = run
  // A large archive takes its time between its last byte and its first record. For bytes that do not come, nobody waits.
  const read = () =>
    key
      ? key.during(
          () => records.next(),
          () => bodyDigest() !== undefined,
        )
      : records.next()
  try {
    const seen = new Set<string>()
    for (let position = 0; position < (key?.answered ?? 0); position++) {
      const { done, value } = await read()
      if (done || !(await key?.matches(position, value))) throw otherPayload('other records')
      isSeen(value, seen)
    }
    const next = await read()
    if (key?.isBody(bodyDigest()) === false || (key?.done && !next.done)) throw otherPayload('another body')
    if (!next.done && next.value.restore) mustBeRestorable(run)
    return answer(run, next, seen)
  } catch (error) {
    await end(run)
    throw error
  }
}

/** An institution's own export is restored only for good. */
function mustBeRestorable({ variables: { actor }, mode }: Run) {
  demand(actor, may(actor, 'transfer'))
  if (mode === 'check')
    throw new Problem(422, 'Invalid', 'The export of an institution is verified when it is restored: leave mode away.')
}

async function* answer(run: Run, next: IteratorResult<Incoming>, seen: Set<string>): AsyncGenerator<string> {
  const { records, key, variables, bodyDigest } = run
  const { log } = variables
  const restores = !next.done && next.value.restore !== undefined
  try {
    if (key) for await (const given of key.answers()) yield `${given}\n`
    const carryOut = await carrierOf(run)
    let position = key?.answered ?? 0
    for (let { value, done } = next; !done; { value, done } = await records.next()) {
      const twin = isSeen(value, seen) ? duplicate(value) : undefined
      if (twin) await key?.note(variables.tenant.db, position, value, twin, bodyDigest())
      const outcome = twin ?? (await carryOut(value, position))
      position++
      yield `${JSON.stringify(outcome)}\n`
    }
    if (!restores) await key?.finish(bodyDigest())
  } catch (error) {
    // The answer has begun, so its status cannot say any more what was wrong with the rest of the body.
    if (error instanceof Problem && error.status < 500) {
      yield `${JSON.stringify(rejected(null, [], fault('import.body', '/', error.message)))}\n`
      return
    }
    // The connection is cut, and what was answered holds.
    log.error({ err: error }, 'import was cut off')
    throw error
  } finally {
    await end(run)
  }
}

async function end({ records, key }: Run) {
  await records.return(undefined)
  await key?.release()
}

/** What deals with a record of the call that is none of the above. */
async function carrierOf(run: Run): Promise<(incoming: Incoming, position: number) => Promise<Outcome>> {
  const { variables, mode, key, bodyDigest } = run
  const { tenant, actor } = variables
  const room = await storageRoom(tenant)
  const take = (incoming: Incoming, manner: Manner) =>
    incoming.restore?.(tenant, room) ?? importOne(tenant, actor, incoming, room, manner)
  if (mode === 'check') {
    const trial = await openTrial(tenant)
    return async (incoming) => {
      const { item, ...outcome } = await take(incoming, trial)
      // A number that nobody has been given is nothing to be told.
      return outcome.status === 'imported' || !item ? outcome : { ...outcome, item }
    }
  }
  if (!key) return (incoming) => take(incoming, forGood)
  return async (incoming, position) => {
    if (incoming.restore) {
      // What is restored already is left as it is: nobody needs its answers kept, only that no other call does the same.
      await key.hold()
      return await key.during(() => take(incoming, forGood))
    }
    let noted = false
    const noting: Manner = {
      ...forGood,
      async transaction(tenant, work) {
        try {
          return await forGood.transaction(tenant, work)
        } catch (error) {
          // The note went with it.
          noted = false
          throw error
        }
      },
      async settle(tx, outcome) {
        await key.note(tx, position, incoming, outcome, bodyDigest())
        noted = true
      },
    }
    const outcome = await key.during(() => take(incoming, noting))
    // What changed nothing had no transaction to be noted in.
    if (!noted) await key.note(tenant.db, position, incoming, outcome, bodyDigest())
    return outcome
  }
}

function isSeen({ source, harvested }: Incoming, seen: Set<string>): boolean {
  // A repository may list what changes meanwhile again: its last word counts.
  if (source === undefined || harvested) return false
  if (seen.has(source)) return true
  seen.add(source)
  return false
}

const duplicate = ({ source, reading }: Incoming) =>
  rejected(source ?? null, reading.warnings, fault('import.duplicate', 'source', `${source} came twice in this call`))

const rejected = (source: string | null, warnings: Outcome['warnings'], error: Outcome['errors'][number]): Outcome => ({
  source,
  status: 'rejected',
  warnings,
  errors: [error],
})
