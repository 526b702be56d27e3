import type { Migration } from 'kysely/migration'
import * as spine from './0001-spine.ts'
import * as collections from './0002-collections.ts'
import * as fileText from './0003-file-text.ts'
import * as search from './0004-search.ts'
import * as intake from './0005-intake.ts'
import * as harvests from './0006-harvests.ts'
import * as contents from './0007-contents.ts'
import * as bags from './0008-bags.ts'
import * as settings from './0009-settings.ts'
import * as uses from './0010-uses.ts'
import * as browse from './0011-browse.ts'
import * as uploads from './0012-uploads.ts'
import * as findings from './0013-findings.ts'
import * as scan from './0014-scan.ts'

/**
 * Every change of an institution's database, in order. A change works with the previous release still running: it
 * expands, and a later release contracts. SQL stays within PostgreSQL 15.
 */
export const migrations: Record<string, Migration> = {
  '0001-spine': spine,
  '0002-collections': collections,
  '0003-file-text': fileText,
  '0004-search': search,
  '0005-intake': intake,
  '0006-harvests': harvests,
  '0007-contents': contents,
  '0008-bags': bags,
  '0009-settings': settings,
  '0010-uses': uses,
  '0011-browse': browse,
  '0012-uploads': uploads,
  '0013-findings': findings,
  '0014-scan': scan,
}

/** What a database must have reached before this release serves it. */
export const latestMigration = Object.keys(migrations).sort().at(-1) as string
