import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table settings (
      single boolean primary key default true check (single),
      value jsonb not null
    );

    create table token (
      id uuid primary key default gen_random_uuid(),
      hash bytea not null unique,
      scopes text[] not null,
      created_at timestamptz not null default now(),
      revoked_at timestamptz
    );

    create sequence item_number as integer;
    create table item (
      number integer primary key check (number > 0),
      source text unique,
      status text not null check (status in ('scheduled', 'public', 'withdrawn', 'deleted')),
      status_reason text,
      record jsonb not null,
      model_version smallint not null,
      access text not null,
      access_until date,
      publication_date date not null,
      revision integer not null,
      oai_identifier text unique,
      import_digest bytea,
      due date,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index item_due on item (due) where due is not null;

    create table revision (
      item integer not null references item,
      revision integer not null,
      at timestamptz not null default now(),
      actor text not null,
      change text not null,
      status text not null,
      record jsonb not null,
      model_version smallint not null,
      files jsonb not null,
      primary key (item, revision)
    );

    create table version (
      item integer not null,
      version integer not null,
      revision integer not null,
      made_at timestamptz not null default now(),
      actor text not null,
      primary key (item, version),
      foreign key (item, revision) references revision
    );

    create table file (
      id uuid primary key,
      item integer not null references item,
      name text not null,
      position integer not null,
      current boolean not null,
      access text not null check (access in ('open', 'embargoed', 'signed-in', 'closed', 'link')),
      until date,
      decided boolean not null default false,
      link text,
      object text unique,
      size bigint,
      type text,
      sha256 bytea,
      described integer,
      created_at timestamptz not null default now(),
      check ((access = 'link') = (link is not null))
    );
    create unique index file_name on file (item, name) where current;
    create index file_item on file (item);

    create table unclaimed_object (
      object text primary key,
      remove_after timestamptz not null
    );
    create index unclaimed_object_due on unclaimed_object (remove_after);

    create table publication (
      item integer primary key references item,
      seq bigint not null unique,
      state text not null check (state in ('public', 'deleted')),
      datestamp timestamptz not null,
      sets text[] not null default '{}'
    );

    create table outbox (
      id bigint generated always as identity primary key,
      work text not null,
      item integer not null references item,
      revision integer not null,
      attempts integer not null default 0,
      due timestamptz not null default now(),
      created_at timestamptz not null default now()
    );
    create index outbox_due on outbox (due);

    create table search_document (
      item integer primary key references item,
      revision integer not null,
      status text not null,
      publication_date date not null,
      summary jsonb not null,
      terms tsvector not null
    );
    create index search_document_terms on search_document using gin (terms);
    create index search_document_newest on search_document (publication_date desc, item desc);
  `)
    .execute(db)
}
