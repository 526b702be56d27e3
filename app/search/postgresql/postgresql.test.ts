import { sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { searchSuite } from '../suite/index.ts'

let kura: Institutions
beforeAll(async () => {
  kura = await openInstitutions(['search'])
})
afterAll(() => kura.close())

searchSuite(async () => {
  const { db, search } = kura.tenant(kura.ids[0] as string)
  await sql`delete from search_document`.execute(db)
  await sql`delete from search_name`.execute(db)
  await sql`delete from item`.execute(db)
  // The table refers to items; the suite makes up documents.
  await sql`insert into item (number, status, record, model_version, access, publication_date, revision)
    select number, 'public', '{}', 1, 'open access', '2026-01-01', 1 from generate_series(1, 100) as number`.execute(db)
  return search
})
