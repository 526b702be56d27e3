import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- What could be read of a file, once: its bytes never change.
    create table file_text (
      file uuid primary key references file,
      state text not null check (state in ('read', 'nothing', 'failed')),
      text text,
      -- Why nothing could be read.
      reason text,
      at timestamptz not null default now(),
      check ((state = 'read') = (text is not null))
    );
  `)
    .execute(db)
}
