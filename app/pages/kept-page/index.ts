import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Env } from '../../env.ts'
import { release } from '../../platform/release.ts'
import type { PageContext } from '../page.ts'

/** Seconds for which a page is kept at most. It is not found any more as soon as what it shows has changed. */
const KEPT = 3_600
/** Characters of the largest page that is kept. */
const LARGEST = 1_000_000

/**
 * Answers with a page that may have been made before, by any process and for anybody: of the same address, language and
 * settings, by the same release, in the same state of all else that it shows. Headers are made for each request.
 *
 * @param state names what the page shows; nothing while that is changing. To be read before anything that is shown, from
 *   the primary, as all that is shown is: a page of a later state is then kept under an earlier one at worst, which nobody
 *   asks for any more.
 */
export async function keptPage(
  c: Context<Env>,
  page: PageContext,
  state: string | undefined,
  make: () => Promise<string>,
): Promise<Response> {
  const { actor, tenant } = c.var
  if (state === undefined || actor.kind !== 'anonymous') return c.html(await make())
  const shown = JSON.stringify([await release(), page, state])
  const key = `page:${createHash('sha256').update(shown).digest('base64url')}`
  const kept = await tenant.cache.get(key)
  if (kept !== undefined) return c.html(kept)
  const made = await make()
  // The reader does not wait for it.
  if (made.length <= LARGEST) void tenant.cache.put(key, made, KEPT)
  return c.html(made)
}
