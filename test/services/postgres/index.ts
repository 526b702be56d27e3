import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { temporaryFolder } from '../../setup/folder.ts'
import type { DatabaseServer } from '../../support/configuration.ts'
import type { startInstance } from '../../support/instance.ts'
import { makeAuthority } from '../certify.ts'
import { needPackages } from '../packages.ts'
import type { Agreement } from './agreement.ts'
import { agreeByEtcd } from './etcd.ts'
import { HOST } from './host.ts'
import { installPatroni, type Member, runMember, SUPERUSER } from './member.ts'
import { type Pgpool, runPgpool } from './pgpool.ts'
import { runService } from './service.ts'

const NAMES = ['postgresql-0', 'postgresql-1', 'postgresql-2']
/** Milliseconds that it may take to become whole, on a slow machine. */
const PATIENCE = 60_000

/** PostgreSQL as production has it: three instances, of which Patroni makes one the primary, behind pgpool-II. */
export interface Cluster {
  members: Member[]
  pgpool: Pgpool
  /** The members by what they are now. */
  roles(): Promise<Roles>
  /** Waits until one is the primary, one has all that is committed, and all others follow. */
  whole(): Promise<void>
  /** The door, as the superuser comes by it. */
  server: DatabaseServer
  /** How an instance reaches it: the application by pgpool-II, its superuser by the primary of this moment. */
  services(): Promise<Parameters<typeof startInstance>[1]>
  /** Waits until the standbys show all that the primary has. */
  caughtUp(): Promise<void>
  /** Breaks off connections between pgpool-II and the servers, and says how many. */
  breakOff(): number
  remove(): Promise<void>
}

interface Roles {
  primary: Member | undefined
  /** Has what is committed. */
  synchronous: Member | undefined
  /** Those that follow, without the synchronous one. */
  others: Member[]
}

interface Options {
  /** Clients that pgpool-II serves at a time. */
  children?: number
  /** What Patroni agrees in, with its data in a folder. */
  agree?: (folder: string) => Promise<Agreement>
}

/** Runs a cluster. */
export async function runCluster({ children = 32, agree = agreeByEtcd }: Options = {}): Promise<Cluster> {
  await needPackages('postgresql-15', 'etcd-server', 'pgpool2')
  const programs = await installPatroni()
  await using started = new AsyncDisposableStack()
  const { folder, remove } = await temporaryFolder()
  started.defer(remove)
  await makeAuthority(folder)
  await mkdir(join(folder, 'agreement'))
  const agreement = await agree(join(folder, 'agreement'))
  started.defer(() => agreement.end())
  const members = await Promise.all(
    NAMES.map(async (name) => {
      const member = await runMember(programs, join(folder, name), name, agreement, 2 * children + 20)
      started.defer(() => member.kill())
      return member
    }),
  )
  const roles = async (): Promise<Roles> => {
    const agreed = await agreement.agreed()
    const named = (name: string | undefined) => members.find((member) => member.name === name)
    const [primary, synchronous] = [named(agreed.primary), named(agreed.synchronous)]
    const others = members.filter((member) => ![primary, synchronous].includes(member))
    return { primary, synchronous, others }
  }
  const whole = () =>
    until(async () => {
      const { primary, synchronous, others } = await roles()
      const following = await Promise.all(members.map((member) => member !== primary && member.follows()))
      if (primary && synchronous && following.filter(Boolean).length === members.length - 1) return undefined
      const names = [primary, synchronous, ...others].map((member) => member?.name)
      return `the cluster does not become whole, but has ${names.join(', ')}`
    })
  const leader = async () => {
    const { primary } = await roles()
    if (!primary) throw new Error('there is no primary')
    return primary
  }
  const caughtUp = async () => {
    const from = await leader()
    const [written] = await on<{ at: string }>(from, 'postgres', 'select pg_current_wal_lsn() as at')
    const shown = `select pg_last_wal_replay_lsn() >= '${written?.at}' as all`
    await until(async () => {
      const standbys = members.filter((member) => member !== from)
      const states = await Promise.all(standbys.map((member) => on<{ all: boolean }>(member, 'postgres', shown)))
      return states.every(([state]) => state?.all) ? undefined : 'the standbys do not catch up'
    })
  }
  await whole()
  const primary = await runService(members, async () => {
    const { primary } = await roles()
    return primary ? [primary] : []
  })
  started.defer(() => primary.close())
  const standbys = await runService(members, async () => {
    const { primary } = await roles()
    const readable = await Promise.all(members.map((member) => member !== primary && member.isReplica()))
    return members.filter((_, index) => readable[index])
  })
  started.defer(() => standbys.close())
  const pgpool = await runPgpool(join(folder, 'pgpool'), { primary: primary.port, standbys: standbys.port }, children)
  started.defer(() => pgpool.kill())

  const { host, port, ca } = pgpool
  const all = started.move()
  return {
    members,
    pgpool,
    roles,
    whole,
    server: { host, port, ca, superuser: SUPERUSER.user, password: SUPERUSER.password },
    services: async () => ({ postgres: direct(await leader()), database: { host, port, tls: true, ca } }),
    caughtUp,
    breakOff: () => primary.breakOff() + standbys.breakOff(),
    remove: () => all.disposeAsync(),
  }
}

/**
 * Asks until nothing is amiss any more.
 *
 * @throws Error that says what still is when patience ends, or why nobody could tell.
 */
async function until(amiss: () => Promise<string | undefined>): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const what = await amiss().catch(String)
    if (what === undefined) return
    if (Date.now() > end) throw new Error(what)
    await sleep(200)
  }
}

/** An instance as its superuser reaches it past everything. */
const direct = ({ port }: Member) => ({ host: HOST, port, superuser: SUPERUSER.user, password: SUPERUSER.password })

/** Runs a statement on an instance itself. */
export async function on<R extends pg.QueryResultRow>({ port }: Member, database: string, text: string): Promise<R[]> {
  const client = new pg.Client({ host: HOST, port, ...SUPERUSER, database })
  await client.connect()
  try {
    return (await client.query<R>(text)).rows
  } finally {
    await client.end()
  }
}
