import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- By what number the index stands: raised whenever work on it is done, by whichever release does it, and before
    -- the work is seen to be gone. A sequence, for which nobody waits; its first number says that it was called.
    create sequence index_state;
    select nextval('index_state');
    create function raise_index_state() returns trigger language plpgsql as $$
      begin
        perform nextval('index_state');
        return null;
      end $$;
    create trigger outbox_done after delete on outbox for each statement execute function raise_index_state();

    -- By what number the tree of collections stands: raised with each change, and seen with it. Changes of the tree
    -- have waited for each other already.
    create table tree_state (
      single boolean primary key default true check (single),
      number bigint not null
    );
    insert into tree_state (number) values (0);
    create function raise_tree_state() returns trigger language plpgsql as $$
      begin
        update tree_state set number = number + 1;
        return null;
      end $$;
    create trigger tree_changed after insert or update or delete on collection
      for each statement execute function raise_tree_state();
  `)
    .execute(db)
}
