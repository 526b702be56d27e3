import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table settings
      -- The previous release refuses a value with more in it than it knows: what has come since stands beside it.
      add added jsonb not null default '{}',
      add revision integer not null default 1,
      add updated_at timestamptz not null default now(),
      -- What is known of the logo, and the logo itself, which pages need not read.
      add logo jsonb,
      add logo_bytes bytea,
      add check ((logo is null) = (logo_bytes is null));
  `)
    .execute(db)
}
