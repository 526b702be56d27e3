import { type RawBuilder, sql } from 'kysely'
import { PASSED } from '../items/permission.ts'
import type { Tx } from '../platform/database/index.ts'

/** Bytes of a file of unknown type that is looked into: it may be a text without a suffix, or a large measurement. */
const UNKNOWN = 20_000_000

/** Types that may hold text which we can read; what the bytes say decides. */
const READABLE =
  '^(text/|application/(pdf|json|xml|rtf|msword|x-(tex|latex)|octet-stream|vnd\\.(openxmlformats-|oasis\\.|ms-)|[^;]*\\+(xml|json)))'

/**
 * Which of the table `file`, joined with `file_text`, have yet to be read: current, stored, passed by the scan for
 * viruses, and of a type with text.
 */
export const isUnread: RawBuilder<boolean> = sql`
  file.current and file.object is not null
  and exists (select from scan where scan.sha256 = file.sha256 and scan.state = any (${PASSED}))
  and (file_text.file is null or file_text.state = 'begun')
  and file.type ~ ${READABLE} and (file.type not like 'application/octet-stream%' or file.size <= ${UNKNOWN})`

/**
 * Notes what follows from a change of an item's files: the text of what has been given up goes at once, and what has
 * not been read yet is left in the outbox to be read.
 */
export async function followFiles(tx: Tx, item: number, revision: number): Promise<void> {
  await sql`
    with forgotten as (
      delete from file_text using file
      where file.id = file_text.file and file.item = ${item} and file.object is null
    )
    insert into outbox (work, item, revision)
    select 'extract', ${item}::integer, ${revision}::integer
    where exists (
      select from file left join file_text on file_text.file = file.id where file.item = ${item} and ${isUnread})`.execute(
    tx,
  )
}
