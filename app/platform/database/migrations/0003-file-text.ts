import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- What could be read of a file, once: its bytes never change.
    create table file_text (
      file uuid primary key references file,
      state text not null check (state in ('begun', 'read', 'nothing', 'failed')),
      text text,
      -- Why nothing could be read, or not all.
      reason text,
      tries smallint not null default 0,
      at timestamptz not null default now(),
      check ((state = 'read') = (text is not null))
    );

    -- Slow work is claimed apart from all other. (The release before claims by outbox_due.)
    create index outbox_quick on outbox (due) where work <> 'extract';
    create index outbox_slow on outbox (due) where work = 'extract';

    -- What is there already. The release before, which may still be running, does not know this work: not at once.
    insert into outbox (work, item, revision, due)
    select 'extract', number, revision, now() + interval '5 minutes' from item
    where exists (select from file where file.item = item.number and current and object is not null);
  `)
    .execute(db)
}
