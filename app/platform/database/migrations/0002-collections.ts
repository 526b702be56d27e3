import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table collection (
      -- A sequence never gives a number twice, also not that of a collection whose making failed.
      id integer generated always as identity primary key,
      parent integer references collection,
      position integer not null,
      name jsonb not null,
      public boolean not null,
      harvested boolean not null,
      sets text[] not null default '{}'
    );
    create index collection_parent on collection (parent, position, id);
    create index collection_set on collection (id) where sets <> '{}';

    create table item_collection (
      item integer not null references item,
      collection integer not null references collection,
      primary key (item, collection)
    );
    create index item_collection_members on item_collection (collection);

    -- Harvested now is also what the previous release, which knows no collections, means by its rows.
    alter table publication
      add harvested text not null default 'now' check (harvested in ('never', 'now', 'before'));
    create index publication_harvest on publication (seq) where harvested <> 'never';
    create index publication_datestamp on publication (datestamp, seq);

    create table publication_set (
      set text not null,
      seq bigint not null,
      item integer not null references publication,
      primary key (set, seq)
    );
    create index publication_set_item on publication_set (item);
  `)
    .execute(db)
}
