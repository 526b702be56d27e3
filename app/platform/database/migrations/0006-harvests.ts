import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- How far another repository has been harvested.
    create table harvest (
      id text primary key,
      base_url text not null,
      set_spec text,
      metadata_prefix text not null,
      -- The responseDate of the last list that was read to its end.
      until timestamptz,
      -- The list under way: its responseDate, and where it goes on.
      list_began timestamptz,
      resumption_token text,
      counts jsonb not null,
      completed_at timestamptz,
      last_error text,
      revision integer not null,
      updated_at timestamptz not null default now()
    );

    -- Whether the last import of the item was a harvested record: such records change no other items.
    alter table item add column harvested boolean not null default false;
  `)
    .execute(db)
}
