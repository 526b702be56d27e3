import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { depositor, minimal } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'

let kura: Institutions
let id: string
beforeAll(async () => {
  kura = await openInstitutions(['statements'])
  id = kura.ids[0] as string
})
afterAll(() => kura.close())

/** What PostgreSQL is asked for a page, with what is kept for some seconds known already. */
async function statementsOf(path: string): Promise<unknown[]> {
  await kura.request(id, path)
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await kura.request(id, path)
    return query.mock.calls.map(([statement]) => statement)
  } finally {
    query.mockRestore()
  }
}

it('takes three statements, also of a thousand authors and a thousand files', async () => {
  const staff = depositor(kura, id, await kura.token(id, 'import'))
  const subjects = [{ value: 'terns of the strait', lang: 'en', scheme: 'Other' }]
  const creators = Array.from({ length: 1_000 }, (_, i) => ({ names: [{ value: `Author, ${i}`, lang: 'en' }] }))
  const [many] = await staff.lines(
    { source: 'many', record: minimal('Terns', { creators, subjects }) },
    { source: 'alike', record: minimal('More terns', { subjects }) },
  )
  const number = many?.item.number ?? 0
  const { db } = kura.tenant(id)
  await sql`
    insert into file (id, item, name, position, current, access, link)
    select gen_random_uuid(), ${number}, 'part-' || i, i, true, 'link', 'https://data.example/' || i
    from generate_series(1, 1000) as i`.execute(db)
  await kura.settle()

  const page = await (await kura.request(id, `/items/${number}?lang=en`)).text()
  for (const part of ['Author, 999', 'part-1000', 'More terns']) expect(page).toContain(part)
  expect(await statementsOf(`/items/${number}`)).toHaveLength(3)
})
