import { isDeepStrictEqual } from 'node:util'
import type { Tenant } from '../tenancy/index.ts'
import { Logo, type Settings, type Site } from '../tenancy/schema.ts'
import { readSite, settingsColumns } from '../tenancy/settings.ts'
import { inspectLogo } from './logo.ts'

/** An institution's site, and the number of its last change. */
export interface Kept {
  site: Site
  revision: number
}

/** The settings as they stand, and not as this process may have kept them. */
export const readSettings = ({ db }: Tenant): Promise<Kept> => readSite(db)

/**
 * Changes settings that are still at one of the revisions that the caller has seen; nothing if they are not.
 *
 * @param change the settings as they are to be, of those that there are.
 */
export async function changeSettings(
  tenant: Tenant,
  seen: number[] | 'any',
  change: (present: Settings) => Settings,
): Promise<Kept | undefined> {
  const changed = await tenant.db.transaction().execute(async (tx) => {
    await tx.selectFrom('settings').select('single').forUpdate().execute()
    const present = await readSite(tx)
    if (seen !== 'any' && !seen.includes(present.revision)) return undefined
    const { logo, ...before } = present.site
    const after = change(before)
    if (isDeepStrictEqual(after, before)) return present
    const columns = settingsColumns(after)
    const revision = present.revision + 1
    await tx
      .updateTable('settings')
      .set({ ...columns, revision, updated_at: new Date() })
      .execute()
    return { site: { ...after, ...(logo && { logo }) }, revision }
  })
  tenant.forgetSettings()
  return changed
}

/**
 * Gives the institution a logo, or takes it away.
 *
 * @throws Problem 422 with what is wrong, if this cannot be a logo.
 */
export async function setLogo(tenant: Tenant, bytes: Uint8Array | null): Promise<Kept> {
  const logo = bytes && JSON.stringify(inspectLogo(bytes))
  await tenant.db
    .updateTable('settings')
    .set((is) => ({ logo, logo_bytes: bytes, revision: is('revision', '+', 1), updated_at: new Date() }))
    .execute()
  tenant.forgetSettings()
  return await readSite(tenant.db)
}

/** The logo with its bytes, if there is one: of one row, so that neither is an earlier one's. */
export async function readLogo({ db }: Tenant): Promise<{ logo: Logo; bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const query = db.selectFrom('settings').select(['logo', 'logo_bytes'])
  const [row] = await query.execute()
  if (!row?.logo_bytes) return undefined
  return { logo: Logo.parse(row.logo), bytes: new Uint8Array(row.logo_bytes) }
}
