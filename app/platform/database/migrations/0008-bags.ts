import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- An institution's export is being restored here, or was broken off: no row, no restoration.
    create table restoration (
      single boolean primary key default true check (single),
      bag text not null,
      -- The feed was empty when it began: what is restored keeps its place and datestamp.
      keeps_datestamps boolean not null,
      began_at timestamptz not null default now()
    );
  `)
    .execute(db)
}
