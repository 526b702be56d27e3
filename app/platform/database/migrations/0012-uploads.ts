import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Files that are sent in parts (tus 1.0). Their bytes so far lie in the scratch folder, and may be lost.
    create table upload (
      id uuid primary key,
      item integer not null references item,
      size bigint not null,
      -- What the sender said of the file: its name, type, access. As it was said, in its order.
      metadata json not null,
      -- The item has the file. The row stays for whoever did not hear of it.
      done boolean not null default false,
      runner uuid,
      leased_until timestamptz not null default now(),
      -- Another request waits for the one that works on it.
      wanted boolean not null default false,
      expires_at timestamptz not null,
      created_at timestamptz not null default now()
    );
    create index upload_expires on upload (expires_at);
  `)
    .execute(db)
}
