import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- How often items were used, by day and in all. No foreign keys: they would lock items, and counting waits for none.
    -- Room is left in each page: rows of today are written again and again.
    create table item_use_day (
      item integer not null,
      day date not null,
      views integer not null,
      downloads integer not null,
      primary key (item, day)
    ) with (fillfactor = 80);
    create index item_use_day_day on item_use_day (day);

    create table item_use (
      item integer primary key,
      views integer not null,
      downloads integer not null
    ) with (fillfactor = 80);
  `)
    .execute(db)
}
