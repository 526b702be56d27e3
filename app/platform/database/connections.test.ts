import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runProxy } from '../../../test/faults/proxy.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { databaseName, loginName } from '../../tenancy/index.ts'
import { Unavailable } from '../unavailable.ts'
import { Busy, Connections } from './connections.ts'

let kura: Institutions
beforeAll(async () => {
  kura = await openInstitutions(['one', 'two', 'three'])
})
afterAll(() => kura.close())

function open(limit: number, share: number) {
  const { host, port } = inject('postgres')
  const connections = new Connections({ host, port, tls: false }, limit)
  const pools = kura.ids.map((id) => {
    return connections.pool({
      database: databaseName(id),
      user: loginName(id, 'a'),
      passwordFile: join(kura.folder, 'secrets/tenants', id),
      share,
    })
  })
  return { connections, pools: pools as [(typeof pools)[0] & {}, (typeof pools)[0] & {}, (typeof pools)[0] & {}] }
}

describe('the connections of a process', () => {
  it('are opened when they are asked for, and used again', async () => {
    const { connections, pools } = open(10, 5)
    expect(connections.open).toBe(0)
    for (let i = 0; i < 5; i++) (await pools[0].connect()).release()
    expect(connections.open).toBe(1)
    await pools[0].end()
    expect(connections.open).toBe(0)
  })

  it('never exceed the limit: an idle one of another database is closed for whoever needs the room', async () => {
    const { connections, pools } = open(2, 2)
    for (const pool of pools) {
      const client = await pool.connect()
      expect(await client.query('select 1 as one', [])).toMatchObject({ rows: [{ one: 1 }] })
      expect(connections.open).toBeLessThanOrEqual(2)
      client.release()
    }
    for (const pool of pools) await pool.end()
  })

  it('go round in the order of asking, past those whose database holds its share', async () => {
    const { connections, pools } = open(3, 2)
    const held = [await pools[0].connect(), await pools[0].connect()]
    const third = pools[0].connect()
    expect(connections.waiting).toBe(1)
    const other = await pools[1].connect()
    expect(connections.waiting).toBe(1)
    held[0]?.release()
    const client = await third
    for (const each of [client, held[1], other]) each?.release()
    for (const pool of pools) await pool.end()
  })

  it('serve many more callers than there are connections, each once', async () => {
    const { connections, pools } = open(4, 3)
    let most = 0
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const client = await (pools[i % 3] as (typeof pools)[0]).connect()
        most = Math.max(most, connections.open)
        const { rows } = await client.query<{ i: number }>('select $1::integer as i', [i])
        client.release()
        return rows[0]?.i
      }),
    )
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => i))
    expect(most).toBeLessThanOrEqual(4)
    for (const pool of pools) await pool.end()
    expect(connections.open).toBe(0)
  })

  it('say that they are busy when none becomes free', { timeout: 10_000 }, async () => {
    const { pools } = open(1, 1)
    const held = await pools[0].connect()
    await expect(pools[1].connect()).rejects.toThrow(Busy)
    held.release()
    await pools[0].end()
  })

  it('are not lost to a caller that waited long and then had to wait for the server', { timeout: 20_000 }, async () => {
    // A server that is slow to answer: a proxy that holds each connection back for three seconds.
    const { host, port } = inject('postgres')
    const proxy = createServer((socket) => {
      setTimeout(() => socket.pipe(connect(port, host)).pipe(socket), 3_000)
      socket.on('error', () => {})
    }).listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const connections = new Connections(
      { host: '127.0.0.1', port: (proxy.address() as { port: number }).port, tls: false },
      1,
    )
    const [one, two] = kura.ids.map((id) =>
      connections.pool({
        database: databaseName(id),
        user: loginName(id, 'a'),
        passwordFile: join(kura.folder, 'secrets/tenants', id),
        share: 1,
      }),
    ) as [PostgresPool, PostgresPool]
    const first = await one.connect()
    const second = two.connect()
    await sleep(3_000)
    first.release()
    ;(await second).release()
    expect(connections.open).toBe(1)
    await two.end()
    expect(connections.open).toBe(0)
    proxy.close()
  })

  it('give up a server that says nothing any more, and take it again when it does', { timeout: 60_000 }, async () => {
    const { port } = inject('postgres')
    const proxy = await runProxy(() => port)
    const connections = new Connections({ host: '127.0.0.1', port: proxy.port, tls: false }, 2)
    const pool = connections.pool({
      database: databaseName(kura.ids[0] as string),
      user: loginName(kura.ids[0] as string, 'a'),
      passwordFile: join(kura.folder, 'secrets/tenants', kura.ids[0] as string),
      share: 2,
    })
    try {
      const held = [await pool.connect(), await pool.connect()] as const
      proxy.hold()
      const asked = held.map((client) => client.query('select 1', []))
      const waiting = sleep(6_000).then(() => pool.connect())
      const ends = await Promise.allSettled([...asked, waiting])
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
      expect(ends[2]).toMatchObject({ reason: expect.any(Unavailable) })
      // Whoever comes now is not let wait.
      await expect(pool.connect()).rejects.toThrow(Unavailable)
      for (const client of held) client.release()
      expect(connections.open).toBe(0)

      proxy.release()
      await expect.poll(() => pool.connect().then((client) => client.release())).toBeUndefined()
    } finally {
      await pool.end()
      proxy.close()
    }
  })

  it('are not used again where a transaction could not be rolled back, or the server could not go on', async () => {
    const { connections, pools } = open(2, 2)
    const pid = async (client: PostgresPoolClient) =>
      (await client.query<{ pid: number }>('select pg_backend_pid() as pid', [])).rows[0]?.pid
    const first = await pools[0].connect()
    const spoilt = await pid(first)
    first.release(true)
    const second = await pools[0].connect()
    expect(await pid(second)).not.toBe(spoilt)
    const internal = `do $$ begin raise exception 'unable to read' using errcode = 'XX000'; end $$`
    await expect(second.query(internal, [])).rejects.toThrow('unable to read')
    second.release()
    // At once: what is broken off has not said so yet.
    const third = await pools[0].connect()
    expect(await pid(third)).toEqual(expect.any(Number))
    await expect(third.query(internal, [])).rejects.toThrow('unable to read')
    // Whoever rolls back over it is told why it has ended.
    await expect(third.query('rollback', [])).rejects.toMatchObject({ cause: { code: 'XX000' } })
    third.release()
    await pools[0].end()
    await expect.poll(() => connections.open).toBe(0)
  })

  it('count neither one that could not be opened nor one that was lost', async () => {
    const { connections, pools } = open(2, 2)
    await writeFile(join(kura.folder, 'secrets/tenants', 'wrong'), 'not the password')
    const { host, port } = inject('postgres')
    const [id] = kura.ids as [string]
    const wrong = connections.pool({
      database: databaseName(id),
      user: loginName(id, 'a'),
      passwordFile: join(kura.folder, 'secrets/tenants/wrong'),
      share: 2,
    })
    expect([host, port]).toBeDefined()
    for (let i = 0; i < 5; i++) await expect(wrong.connect()).rejects.toThrow(/password authentication failed/)
    expect(connections.open).toBe(0)

    const client = await pools[0].connect()
    await expect(client.query('select pg_terminate_backend(pg_backend_pid())', [])).rejects.toThrow()
    client.release()
    await expect.poll(() => connections.open).toBe(0)
    const again = await pools[0].connect()
    again.release()
    await pools[0].end()
  })
})
