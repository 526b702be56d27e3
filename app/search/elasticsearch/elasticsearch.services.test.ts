import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { type Elasticsearch, runElasticsearch } from '../../../test/services/elasticsearch/index.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { searchSuite } from '../suite/index.ts'

let server: Elasticsearch
let kura: Institutions
beforeAll(async () => {
  server = await runElasticsearch()
  const { url, user, passwordFile } = server
  kura = await openInstitutions(['search'], undefined, undefined, {
    config: { search: { kind: 'elasticsearch', url, user } },
    secrets: { search: await readFile(passwordFile, 'utf8') },
  })
})
afterAll(async () => {
  await kura?.close()
  await server?.close()
})

searchSuite(async () => {
  const { db, search } = kura.tenant(kura.ids[0] as string)
  await sql`delete from item`.execute(db)
  // What has been withdrawn since is left out; the suite makes up documents.
  await sql`insert into item (number, status, record, model_version, access, publication_date, revision)
    select number, 'public', '{}', 1, 'open access', '2026-01-01', 1 from generate_series(1, 100) as number`.execute(db)
  const empty = await search.rebuild(false)
  await empty.takePlace(0)
  return search
})
