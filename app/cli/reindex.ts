import { reindex } from '../search/index.ts'
import { withInstitution } from './institution.ts'
import { PlainError } from './plain-error.ts'

/** Milliseconds between two lines that say how far it is. */
const PAUSE = 5_000

/**
 * Makes an institution's search index again from its database. Standard output is one line of JSON:
 * `{"items":n,"seconds":n}`; how far it is goes to standard error, with the number from which another run goes on.
 *
 * @throws PlainError if the number, the institution or the configuration is unknown.
 */
export async function reindexCommand(options: { tenant: string; after: string }): Promise<void> {
  if (!/^\d{1,9}$/.test(options.after)) throw new PlainError(`"${options.after}" is not the number of an item`)
  await withInstitution(options.tenant, async (tenant) => {
    const started = performance.now()
    let said = started
    let items = 0
    for await (const batch of reindex(tenant, Number(options.after) || undefined)) {
      items += batch.items
      if (performance.now() - said < PAUSE) continue
      said = performance.now()
      process.stderr.write(`${items} items; to go on from here: --after ${batch.last}\n`)
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10
    process.stdout.write(`${JSON.stringify({ items, seconds })}\n`)
  })
}
