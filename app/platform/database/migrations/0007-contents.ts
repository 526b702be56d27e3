import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table collection
      add kind text not null default 'list' check (kind in ('list', 'contents')),
      add shown boolean not null default false;
    with recursive tree as (
      select id, public as shown from collection where parent is null
      union all
      select below.id, tree.shown and below.public from tree join collection as below on below.parent = tree.id
    )
    update collection set shown = tree.shown from tree where collection.id = tree.id;

    create table heading (
      id integer generated always as identity primary key,
      collection integer not null references collection,
      position integer not null,
      name jsonb not null,
      unique (collection, id)
    );

    alter table item_collection
      add heading integer,
      add heading_position integer not null default 0,
      add status text,
      add published date,
      add issue bytea,
      add start bytea,
      add foreign key (collection, heading) references heading (collection, id);
    -- Of what lies in a collection already, volume and page follow with the item's next revision: until then it is
    -- among those that say none.
    update item_collection
    set status = item.status, published = item.publication_date, issue = '\\x0303', start = '\\x03'
    from item where item.number = item_collection.item;
    -- What the previous release puts somewhere is among those that say none as well.
    alter table item_collection
      alter status set default 'scheduled',
      alter published set default current_date,
      alter issue set default '\\x0303',
      alter start set default '\\x03',
      alter status set not null,
      alter published set not null,
      alter issue set not null,
      alter start set not null;

    -- One for each order in which a collection is read; the status at the end lets counting do without the table.
    create index item_collection_contents on item_collection
      (collection, issue, heading_position, start, item, status);
    create index item_collection_newest on item_collection (collection, published desc, item desc, status);
    drop index item_collection_members;
  `)
    .execute(db)
}
