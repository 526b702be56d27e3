import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- People and subjects by name, in the order of their lists. The row without an ORCID counts a name's items; one with
    -- an ORCID those that give it to the name.
    create table search_name (
      facet text collate "C" not null,
      value text collate "C" not null,
      orcid text collate "C" not null default '',
      key text collate "C" not null,
      -- The name itself, folded, where its key is made of a reading.
      written text collate "C",
      public integer not null,
      scheduled integer not null,
      primary key (facet, value, orcid)
    ) with (fillfactor = 85);
    create index search_name_listed on search_name (facet, key, value) where orcid = '';
    create index search_name_written on search_name (facet, written) where orcid = '' and written is not null;

    -- What search_name counts of a document; nothing until a release that keeps it has written the document.
    alter table search_document add listed jsonb, alter listed set storage external;

    -- Not at once: what the previous release still works off, it writes without.
    insert into outbox (work, item, revision, due)
      select 'index', number, revision, now() + interval '10 minutes' from item order by number;
  `)
    .execute(db)
}
