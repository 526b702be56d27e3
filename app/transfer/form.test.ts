import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { itemTables, rows, staying, stayingColumns, wholeTables } from './form.ts'

let kura: Institutions
/** Columns of each table of an institution's database. */
const tables = new Map<string, string[]>()

beforeAll(async () => {
  kura = await openInstitutions(['form'])
  const found = await sql<{ table: string; column: string }>`
    select relname as table, attname as column from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped`.execute(
    kura.tenant(kura.ids[0] as string).db,
  )
  for (const { table, column } of found.rows) tables.set(table, [...(tables.get(table) ?? []), column])
})
afterAll(() => kura.close())

const leaving = { ...wholeTables, ...itemTables }

it('has every table of the database leave, or says why it stays', () => {
  expect([...Object.keys(leaving), ...Object.keys(staying)].sort()).toEqual([...tables.keys()].sort())
  expect(Object.keys(rows).sort()).toEqual(Object.keys(leaving).sort())
})

it.each(Object.entries(rows))('has every column of %s leave, or says why it stays', (table, row) => {
  const stays = Object.keys(stayingColumns).flatMap((each) => {
    const [of, column] = each.split('.')
    return of === table ? [column as string] : []
  })
  const columns = Object.keys(row.shape).filter((column) => table !== 'file' || column !== 'path')
  expect([...columns, ...stays].sort()).toEqual([...(tables.get(table) ?? [])].sort())
})
