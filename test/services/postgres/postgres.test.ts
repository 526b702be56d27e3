import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Busy, Connections } from '../../../app/platform/database/index.ts'
import { databaseName, loginName } from '../../../app/tenancy/index.ts'
import { images } from '../../../infra/images.ts'
import { type Depositor, depositor, jsonOf, minimal } from '../../support/depositor.ts'
import { type Institutions, makeProvisioner, openInstitutions, openReplica } from '../../support/institutions.ts'
import { type Cluster, on, runCluster } from './index.ts'
import { type Member, REQUIREMENTS } from './member.ts'
import { PATIENT, startWork, type Work } from './work.ts'
import type { Writers } from './writers.ts'

/** Clients that pgpool-II serves at a time. */
const CHILDREN = 60
const CONNECTIONS = 20
/** How many items there are, and all records for a report: queries that the application says may be late. */
const MAY_LAG = [
  /^\(?select count\(\*\) as "count" from "publication"/,
  /^\(?select "number", "record", "model_version" from "item"/,
] as const
/** How often connections break off while people write. */
const BREAKS = 30

let cluster: Cluster
let kura: Institutions
let id: string
let staff: Depositor
let token: string

beforeAll(async () => {
  cluster = await runCluster({ children: CHILDREN })
  const { postgres } = await cluster.services()
  await makeProvisioner(postgres)
  await on(await primary(), 'postgres', 'create extension pg_stat_statements')
  await cluster.caughtUp()
  kura = await openInstitutions(['tides'], undefined, undefined, { config: {}, secrets: {}, database: cluster.server })
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(async () => {
  await kura?.close()
  await cluster?.remove()
})

const primary = async () => (await cluster.roles()).primary as Member
const standbys = async () => {
  const { synchronous, others } = await cluster.roles()
  return [synchronous as Member, ...others]
}
describe('Patroni, which keeps or loses what was acknowledged', () => {
  it('is the one of the image that production has', async () => {
    expect(await readFile(REQUIREMENTS, 'utf8')).toContain(`spilo ${images.spilo.version} has Patroni`)
  })
})

describe('what standbys do', () => {
  /** Statements of an institution's login on an instance. */
  const statementsOn = async (member: Member) => {
    const rows = await on<{ query: string }>(
      member,
      'postgres',
      `select query from pg_stat_statements join pg_roles on pg_roles.oid = userid
       where rolname = '${loginName(id, 'a')}' and query !~* '^(begin|start|commit|rollback|set|reset|discard|show)' and query !~ 'pg_catalog|pg_class'`,
    )
    return rows.map(({ query }) => query)
  }

  it('is to answer what may be late, and nothing else: who has changed something sees it while they stand still', async () => {
    await staff.lines({ source: 'before', record: minimal('Before') })
    await kura.settle()
    await cluster.caughtUp()
    const still = await standbys()
    for (const member of cluster.members) await on(member, 'postgres', 'select pg_stat_statements_reset()')
    for (const member of still) await on(member, 'postgres', 'select pg_wal_replay_pause()')
    try {
      for (let round = 0; round < 10; round++) {
        // pgpool-II throws its dice for each session: whoever reads has sessions of their own each time.
        const reader = await openReplica(kura)
        const page = async (path: string) => await (await reader.request(id, path)).text()
        const status = async (path: string, headers = {}) => (await reader.request(id, path, { headers })).status
        const title = `Neaptide ${round}`
        const [made] = await staff.lines({ source: title, record: minimal(title) })
        expect(made?.status).toBe('imported')
        const number = made?.item.number as number
        expect((await staff.lines({ source: title, record: minimal(title) }))[0]?.status).toBe('unchanged')
        const edited = { record: minimal(`${title} again`) }
        const put = await staff.api(`/items/${number}`, 'PUT', edited, { 'if-match': '"1"' })
        expect(put.status).toBe(200)
        expect(JSON.parse(await page(`/api/v1/items/${number}`))).toMatchObject({ revision: 2 })
        expect(await page(`/items/${number}?lang=en`)).toContain(`${title} again`)
        expect(await page('/oai?verb=ListRecords&metadataPrefix=oai_dc')).toContain(`${title} again`)
        const answer = await staff.api('/collections', 'POST', { name: { ja: `紀要${round}` } })
        const { id: collection } = await jsonOf<{ id: number }>(answer)
        await staff.api(`/items/${number}/collections`, 'PUT', { collections: [collection] })
        expect(await page(`/collections/${collection}?lang=en`)).toContain(`${title} again`)
        await kura.settle()
        expect(await page(`/search?q=${encodeURIComponent(title)}&lang=en`)).toContain(`/items/${number}`)
        expect((await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'By mistake.' })).status).toBe(204)
        expect(await status(`/items/${number}`)).toBe(410)
        for (const path of ['/', '/feed.atom', '/sitemap.xml']) expect(await status(path), path).toBe(200)
        expect(await status('/api/v1/quality', { authorization: `Bearer ${token}` })).toBe(200)
        await reader.close()
      }
    } finally {
      for (const member of still) await on(member, 'postgres', 'select pg_wal_replay_resume()')
    }
    const late = (await Promise.all(still.map(statementsOn))).flat()
    expect(late.filter((query) => !MAY_LAG.some((known) => known.test(query)))).toEqual([])
    const asked = await statementsOn(await primary())
    expect(asked.length).toBeGreaterThan(50)
  })

  it('includes what may be late', async () => {
    for (const member of cluster.members) await on(member, 'postgres', 'select pg_stat_statements_reset()')
    await cluster.caughtUp()
    // pgpool-II throws its dice for each session: a session of another process, until one falls on a standby.
    await expect
      .poll(async () => {
        const replica = await openReplica(kura)
        const { status } = await replica.request(id, '/api/v1/quality', {
          headers: { authorization: `Bearer ${token}` },
        })
        expect(status).toBe(200)
        await replica.close()
        return (await Promise.all((await standbys()).map(statementsOn))).flat()
      })
      .toContainEqual(expect.stringMatching(MAY_LAG[1]))
  })
})

describe('a standby', () => {
  it('is not taken for the primary, whatever leads to it', async () => {
    const [standby] = (await standbys()) as [Member]
    const pool = new Connections({ host: '127.0.0.1', port: standby.port, tls: false }, 1).pool({
      database: databaseName(id),
      user: loginName(id, 'a'),
      passwordFile: join(kura.folder, 'secrets/tenants', id),
      share: 1,
    })
    await expect(pool.connect()).rejects.toThrow('is a standby')
  })
})

describe('connections', () => {
  /** Connections of an institution's login that the primary has. */
  const held = async () => {
    const text = `select count(*)::integer as held from pg_stat_activity where usename = '${loginName(id, 'a')}'`
    return (await on<{ held: number }>(await primary(), 'postgres', text))[0]?.held
  }

  /** Asks again when it is told that all are in use. */
  const insist = async (pool: PostgresPool): Promise<PostgresPoolClient> => {
    for (;;)
      try {
        return await pool.connect()
      } catch (error) {
        if (!(error instanceof Busy)) throw error
      }
  }

  it('of a hundred institutions in one process are never more than the process may hold', async () => {
    const { host, port, ca } = cluster.server
    const connections = new Connections({ host, port, tls: true, ca }, CONNECTIONS)
    const pools = Array.from({ length: 100 }, () =>
      connections.pool({
        database: databaseName(id),
        user: loginName(id, 'a'),
        passwordFile: join(kura.folder, 'secrets/tenants', id),
        share: 4,
      }),
    )
    // Those of the tests before are given up when nobody has used them for a while.
    await vi.waitFor(async () => expect(await held()).toBe(0), PATIENT)
    let asking = true
    const counts: (number | undefined)[] = []
    const counting = (async () => {
      while (asking) counts.push(await held())
    })()
    const answers = await Promise.all(
      pools.map(async (pool, i) => {
        const client = await insist(pool)
        const { rows } = await client.query<{ i: number }>('select $1::integer as i, pg_sleep(0.05)', [i])
        client.release()
        return rows[0]?.i
      }),
    ).finally(() => {
      asking = false
    })
    await counting
    const most = counts.map((count) => count ?? 0)
    expect(answers).toEqual(pools.map((_, i) => i))
    expect(Math.max(...most)).toBeGreaterThan(CONNECTIONS / 2)
    // What pgpool-II has been told goodbye for is gone a moment later.
    expect(Math.max(...most)).toBeLessThanOrEqual(CONNECTIONS + 4)
    console.log(`${Math.max(...most)} connections at the primary at most, of ${CONNECTIONS} allowed`)
    for (const pool of pools) await pool.end()
  })
})

describe('what has reached no standby', () => {
  it('is neither acknowledged nor shown to others until it has', async () => {
    const made = async () => {
      const text = `select count(*)::integer as made from item where record::text like '%Unsafe%'`
      return (await on<{ made: number }>(await primary(), databaseName(id), text))[0]?.made
    }
    const receiving = await standbys()
    for (const standby of receiving) await standby.signal('SIGSTOP', /walreceiver/)
    const { status } = await staff.api('/items', 'POST', { record: minimal('Unsafe') })
    const shown = await made()
    for (const standby of receiving) await standby.signal('SIGCONT', /walreceiver/)
    expect(status).toBe(503)
    expect(shown).toBe(0)
    await expect.poll(made).toBe(1)
  })
})

describe('while people deposit, edit and delete', { timeout: 300_000 }, () => {
  let work: Work
  let writers: Writers
  beforeAll(async () => {
    work = await startWork(kura, id, token)
    writers = work.writers
  })
  afterAll(() => work?.end())

  /** Each server is reached through the door again, by one connection or another. */
  const servesAll = async () => {
    const ports = new Set<number>()
    await expect
      .poll(
        async () => {
          // Unmarked, so that pgpool-II may send it to a standby.
          const [row] = await through(cluster, 'select inet_server_port() as port')
          if (row) ports.add(row.port)
          return ports.size
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe(cluster.members.length)
  }

  it('a primary that is killed is followed by a standby, and becomes one itself when it is back', async () => {
    await writers.progress(20)
    const lost = await primary()
    await lost.kill()
    await writers.progress(20)
    expect(await primary()).not.toBe(lost)
    await lost.start()
    await cluster.whole()
    expect(await primary()).not.toBe(lost)
    await servesAll()
  })

  it('a standby that is killed holds up nobody for long', async () => {
    const [lost] = (await standbys()) as [Member]
    await lost.kill()
    await writers.progress(20)
    await lost.start()
    await cluster.whole()
    await servesAll()
  })

  it('connections that break off, again and again, leave none that answers for another', async () => {
    let broken = 0
    for (let round = 0; round < BREAKS; round++) {
      await sleep(200 + Math.random() * 600)
      broken += cluster.breakOff()
    }
    await writers.progress(20)
    expect(broken).toBeGreaterThan(BREAKS)
  })

  it('a pgpool-II that is killed is used again when it is back', async () => {
    await cluster.pgpool.kill()
    await sleep(2_000)
    await cluster.pgpool.start()
    await writers.progress(20)
  })

  it('a primary that stands still is followed by a standby, too', async () => {
    const lost = await primary()
    await lost.signal('SIGSTOP')
    await writers.progress(20)
    expect(await primary()).not.toBe(lost)
    await lost.signal('SIGCONT')
    await cluster.whole()
    expect(await primary()).not.toBe(lost)
  })

  it('nothing that was acknowledged is lost, nothing is there twice, and nobody was left without an answer', async () => {
    await work.check()
  })
})

/** Asks as the superuser by the door. */
async function through({ server }: Cluster, text: string): Promise<{ port: number }[]> {
  const client = new pg.Client({
    ...{ host: server.host, port: server.port, user: server.superuser, password: server.password },
    database: 'postgres',
    ssl: { ca: await readFile(server.ca as string) },
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<{ port: number }>(text)).rows
  } catch {
    return []
  } finally {
    await client.end().catch(() => {})
  }
}
