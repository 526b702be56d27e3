import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- What a scan for viruses says of contents, once for all files that have them. Of contents without a row nothing is
    -- known yet: the release before leaves such behind while it still runs.
    create table scan (
      sha256 bytea primary key,
      state text not null check (state in ('unseen', 'waiting', 'clean', 'infected', 'unscannable', 'released')),
      -- To be looked at, or once more.
      due boolean not null default true,
      -- How often the state has changed.
      turns integer not null default 0,
      -- What was found, or why it could not be looked at.
      finding text,
      -- The scanner's version and that of its signatures.
      signatures text,
      since timestamptz not null default now(),
      looked_at timestamptz,
      -- Who let it go.
      released_by text
    );
    create index scan_waiting on scan (since) where state = 'waiting';
    create index file_sha256 on file (sha256) where object is not null;

    -- What is here has been handed out already, and goes on to be.
    insert into scan (sha256, state) select distinct sha256, 'unseen' from file where sha256 is not null;

    -- Readers wait for scans: they are claimed apart from all other work. (The release before claims by outbox_quick.)
    create index outbox_prompt on outbox (due) where work not in ('extract', 'scan');
    create index outbox_scan on outbox (due) where work = 'scan';
  `)
    .execute(db)
}
