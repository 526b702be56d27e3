import { sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/**
 * Notes what follows from a change of an item's files: what is in them waits for a scan, unless it has been looked at
 * before or nobody looks here. Whoever gives a verdict on it meanwhile waits for this transaction, and knows of the
 * item afterwards; whoever has given it is known of here.
 */
export async function admitFiles(tx: Tx, { scanner }: Tenant, item: number, revision: number): Promise<void> {
  const held = sql`select sha256 from file where item = ${item} and object is not null`
  await sql`
    insert into scan (sha256, state)
    select distinct sha256, ${scanner ? 'waiting' : 'unseen'} from (${held}) as held order by sha256
    on conflict do nothing`.execute(tx)
  await sql`
    with known as (select state from scan where sha256 in (${held}) order by sha256 for share)
    insert into outbox (work, item, revision)
    select 'scan', ${item}::integer, ${revision}::integer from known
    having bool_or(state = 'waiting')`.execute(tx)
}
