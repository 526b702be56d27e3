import type { Migration } from 'kysely/migration'
import * as spine from './0001-spine.ts'
import * as collections from './0002-collections.ts'
import * as fileText from './0003-file-text.ts'
import * as bags from './0008-bags.ts'

/**
 * Every change of an institution's database, in order. A change works with the previous release still running: it
 * expands, and a later release contracts. SQL stays within PostgreSQL 15.
 */
export const migrations: Record<string, Migration> = {
  '0001-spine': spine,
  '0002-collections': collections,
  '0003-file-text': fileText,
  '0008-bags': bags,
}

/** What a database must have reached before this release serves it. */
export const latestMigration = Object.keys(migrations).sort().at(-1) as string
