import { setTimeout } from 'node:timers/promises'
import { PlainError } from '../plain-error.ts'
import { type CollectedRecord, collect } from './collect.ts'
import { type Manner, type Outcome, openSender, type Target } from './send.ts'

export type { Outcome, Target } from './send.ts'

/** One call carries at most this much: it is put on disk there before it is read, and a break costs one call. */
const MOST_RECORDS = 500
const MOST_BYTES = 256 * 2 ** 20

/**
 * Imports what lies in folders and files into an institution, in calls of bounded size, and yields what became of each
 * record as it is told. A record and its files stay together. A call that breaks off is sent again.
 *
 * @param paths folders, `.xml` records (their files in the folder `x/` beside `x.xml`), `.zip`, `.csv`, `.tsv`, `.json`,
 *   `.ndjson`, `.jsonl`.
 * @throws PlainError if a whole call fails, or nothing was found to import.
 */
export async function* importInto(
  target: Target,
  paths: string[],
  manner: Partial<Manner> = {},
): AsyncGenerator<Outcome> {
  const sender = openSender(target, { check: false, pause: setTimeout, tell() {}, ...manner })
  const sources = new Set<string>()
  let batch: CollectedRecord[] = []
  let bytes = 0
  let found = false

  async function* flush() {
    if (batch.length > 0) yield* complete(sender.records(batch), batch.length)
    batch = []
    bytes = 0
  }

  for await (const collected of collect(paths)) {
    found = true
    if ('type' in collected) {
      yield* flush()
      yield* sender.stream(collected)
      continue
    }
    const { root, xml, files } = collected
    // The institution finds the doubles within a call; only here are all calls known.
    if (sources.has(xml.path)) {
      yield* flush()
      yield duplicate(xml.path, xml.disk)
      continue
    }
    sources.add(xml.path)
    const size = [xml, ...files].reduce((sum, file) => sum + file.bytes, 0)
    // Paths of two folders could be the same.
    const fits = batch.length < MOST_RECORDS && bytes + size <= MOST_BYTES && (batch[0]?.root ?? root) === root
    if (!fits) yield* flush()
    batch.push(collected)
    bytes += size
  }
  yield* flush()
  if (!found) throw new PlainError(`There is no record (.xml) in ${paths.join(', ')}.`)
}

/** Passes on the answers of a call, and sees that there is one for each record. */
async function* complete(outcomes: AsyncGenerator<Outcome>, records: number): AsyncGenerator<Outcome> {
  let answered = 0
  for await (const outcome of outcomes) {
    answered++
    yield outcome
  }
  if (answered < records)
    throw new PlainError(`Of ${records} records sent, the answer names ${answered}: the others may not be imported.`)
}

function duplicate(source: string, disk: string): Outcome {
  const message = `${disk} has the source of a record before it; a source is the path below the named folder`
  return { source, status: 'rejected', warnings: [], errors: [{ rule: 'import.duplicate', path: 'source', message }] }
}
