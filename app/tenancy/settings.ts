import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../platform/database/index.ts'
import { Logo, Settings, type Site } from './schema.ts'

/** Settings as they are stored: what a later release adds is left alone. */
export const StoredSettings = z.object(Settings.shape)

/** Settings that the release before 0009-settings does not know. */
const ADDED = ['accent', 'about', 'policies', 'accessibility', 'partOf'] as const satisfies (keyof Settings)[]

/** Settings as the columns of the table `settings` hold them. */
export function settingsColumns(settings: Settings): { value: string; added: string } {
  const added: Partial<Settings> = {}
  const value: Partial<Settings> = { ...settings }
  for (const name of ADDED) {
    if (settings[name] !== undefined) Object.assign(added, { [name]: settings[name] })
    delete value[name]
  }
  return { value: JSON.stringify(value), added: JSON.stringify(added) }
}

/** The settings that columns hold. Throws if they are none. */
const settingsOf = ({ value, added }: { value: object; added: object }): Settings =>
  StoredSettings.parse({ ...value, ...added })

/**
 * An institution's settings and logo as they stand, and the number of their last change.
 */
export async function readSite(db: Database): Promise<{ site: Site; revision: number }> {
  const { rows } = await sql<{ value: object; added: object; logo: object | null; revision: number }>`
    select value, added, logo, revision from settings`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the institution has no settings')
  const logo = Logo.nullable().parse(row.logo)
  return { site: { ...settingsOf(row), ...(logo && { logo }) }, revision: row.revision }
}
