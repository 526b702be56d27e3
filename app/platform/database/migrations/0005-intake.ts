import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Old addresses answer 301 ever after: no row is ever removed.
    create table former_address (
      address text primary key,
      item integer not null references item,
      file text
    );
    create index former_address_item on former_address (item);

    create table import_call (
      id bigint generated always as identity primary key,
      actor text not null,
      key text not null,
      request text not null,
      body bytea,
      done boolean not null default false,
      runner uuid not null,
      leased_until timestamptz not null,
      unique (actor, key)
    );
    create index import_call_age on import_call (leased_until);

    create table import_outcome (
      call bigint not null references import_call on delete cascade,
      position integer not null,
      record bytea not null,
      -- Text, because a replay is to be the same to the letter, and jsonb holds no NUL.
      outcome text not null,
      primary key (call, position)
    );
  `)
    .execute(db)
}
