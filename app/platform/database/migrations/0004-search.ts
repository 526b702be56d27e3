import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table search_document
      -- Facets and their values, 'subject:…': filtered by, and counted.
      add facets text[] not null default '{}',
      -- Day of issue as a number, YYYYMMDD: 20260300 is March 2026, 20260000 the year, 0 unknown.
      add issued integer not null default 0,
      add title_key text collate "C" not null default '',
      add abstract text not null default '';
    -- What is read for every hit stays in the row; what is read for a few lies beside it, whole.
    alter table search_document alter terms set storage external, alter summary set storage external,
      alter abstract set storage external, alter facets set storage main;
    alter table search_document set (toast_tuple_target = 512);
    create index search_document_found on search_document using gin (terms, facets);
    drop index search_document_terms;
    create index search_document_issued on search_document (issued desc, item desc);
    create index search_document_title on search_document (title_key, item);

    -- What does not stand in the document itself: metadata beyond a piece (without a file), and the text of files.
    create table search_piece (
      item integer not null references search_document on delete cascade,
      file uuid,
      piece integer not null,
      terms tsvector not null,
      text text not null,
      unique nulls not distinct (item, file, piece)
    );
    alter table search_piece set (toast_tuple_target = 128);
    create index search_piece_terms on search_piece using gin (terms);

    -- Documents of the earlier form are found by most words until their turn comes. Not at once: what the previous
    -- release still works off, it writes in the earlier form.
    insert into outbox (work, item, revision, due)
      select 'index', number, revision, now() + interval '10 minutes' from item order by number;
  `)
    .execute(db)
}
