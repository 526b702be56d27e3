import { randomUUID } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { createServer, connect as dial, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'amqplib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { certify } from '../../../../test/services/certify.ts'
import { type Rabbitmq, startRabbitmq } from '../../../../test/services/rabbitmq.ts'
import { temporaryFolder } from '../../../../test/setup/folder.ts'
import { freePort } from '../../../../test/support/free-port.ts'
import { createLog } from '../../../platform/logs.ts'
import type { Handle, Queue } from '../port.ts'
import { queueSuite, TENANTS } from '../suite.ts'
import { deadLetters, listQueues, rabbitmqQueue, replay } from './index.ts'

const log = createLog('test', process.env.KURA_TEST_LOG ?? 'silent')
let server: Rabbitmq
const opened: Queue[] = []

beforeAll(async () => {
  server = await startRabbitmq()
})
afterAll(() => server.close())

let cell: string
beforeEach(() => {
  cell = `cell-${randomUUID().slice(0, 8)}`
  return async () => {
    for (const queue of opened.splice(0)) await queue.end()
  }
})

const open = (handle: Handle, at: { url?: string; ca?: string } = {}) => {
  const tenants = TENANTS.map((id) => ({ id, cell }))
  const queue = rabbitmqQueue({ server: { ...server, ...at }, cells: [cell], tenants }, handle, log)
  opened.push(queue)
  return queue
}
/** Has other limits for as long as a test lasts. */
const limited = async (limits: Parameters<Rabbitmq['limit']>[0]) => {
  await server.limit(limits)
  onTestFinished(server.restore)
}
const never: Handle = () => Promise.reject(new Error('it is to send alone'))
const waiting = async () => (await listQueues(server, [cell])).map(({ messages }) => messages)
const nudge = (tenant = 'aozora') => ({ tenant, pace: 'quick' }) as const

queueSuite(async (handle) => open(handle))

describe('the queue on RabbitMQ', () => {
  it('makes one message of what is sent of an institution at a time', async () => {
    const queue = open(never)
    for (let i = 0; i < 10_000; i++) queue.send(nudge())
    await expect.poll(() => queue.counts.sent, { timeout: 10_000 }).toBe(1)
    for (let i = 0; i < 1_000; i++) {
      queue.send(nudge())
      await sleep(1)
    }
    await queue.settled()
    expect(queue.counts.sent).toBeLessThan(40)
    expect((await waiting())[0]).toBe(queue.counts.sent)
  })

  it('takes over what another process sent, and gives what one leaves unfinished to the next', async () => {
    const sender = open(never)
    for (const tenant of TENANTS) sender.send(nudge(tenant))
    await expect.poll(() => sender.counts.sent).toBe(6)
    let begun = 0
    // It never finishes, and is cut off, as a process that is killed.
    const proxy = await startProxy(await freePort('127.0.0.1'))
    const { promise: released, resolve: release } = Promise.withResolvers<boolean>()
    const hanging = open(() => {
      begun++
      return released
    }, proxy)
    hanging.receive()
    await expect.poll(() => begun, { timeout: 10_000 }).toBe(4)
    const handled = new Set<string>()
    const next = open(async ({ tenant }) => {
      handled.add(tenant)
      return false
    })
    next.receive()
    await sleep(300)
    expect(handled.size).toBe(0)
    await proxy.close()
    await expect.poll(() => handled.size, { timeout: 20_000 }).toBe(6)
    release(false)
  })

  it('puts aside what fails as often as the policy says, and what is not ours at once', async () => {
    await limited({ 'delivery-limit': 2 })
    let turns = 0
    let failing = true
    const queue = open(async () => {
      turns++
      if (failing) throw new Error('never')
      return false
    })
    queue.receive()
    queue.send(nudge())
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([0, 0, 0, 1])
    expect(turns).toBe(3)
    await send(`kura.${cell}.quick`, '{"tenant":', 'nonsense')
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([0, 0, 0, 3])

    // However often somebody looks, they stay.
    for (let looks = 0; looks < 4; looks++) await deadLetters(server, [cell], 100)
    const quick = `kura.${cell}.quick`
    expect(await deadLetters(server, [cell], 100)).toEqual([
      {
        queue: quick,
        reason: 'delivery_limit',
        since: expect.any(String),
        tenant: 'aozora',
        body: '{"tenant":"aozora"}',
      },
      { queue: quick, reason: 'rejected', since: expect.any(String), tenant: undefined, body: '{"tenant":' },
      { queue: quick, reason: 'rejected', since: expect.any(String), tenant: undefined, body: 'nonsense' },
    ])
    failing = false
    expect((await replay(server, [cell])).map(({ replayed }) => replayed)).toEqual([true, true, true])
    await expect.poll(() => queue.counts.handled, { timeout: 10_000 }).toBe(1)
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([0, 0, 0, 2])
  })

  it('keeps what was put aside while it cannot go back: nobody knows where it was, or there is no room', async () => {
    await waiting()
    await send(`kura.${cell}.dead`, '{"tenant":"aozora"}')
    await limited({ 'delivery-limit': 0, 'max-length': 1, overflow: 'reject-publish' })
    const failing = open(never)
    failing.receive()
    failing.send(nudge())
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([0, 0, 0, 2])
    await failing.end()
    // The limit is a soft one: over it, nothing more is taken.
    await send(`kura.${cell}.quick`, '{"tenant":"hoshino"}', '{"tenant":"minato"}')
    const replayed = async () =>
      (await replay(server, [cell])).map(({ queue, replayed }) => [queue, replayed]).sort() as [string, boolean][]
    expect(await replayed()).toEqual([
      ['', false],
      [`kura.${cell}.quick`, false],
    ])
    expect(await waiting()).toEqual([2, 0, 0, 2])
    await server.limit({ 'delivery-limit': 0 })
    await expect.poll(replayed).toEqual([
      ['', false],
      [`kura.${cell}.quick`, true],
    ])
    expect(await waiting()).toEqual([3, 0, 0, 1])
  })

  it('keeps what was put aside, however often somebody takes it and does not come back', async () => {
    await waiting()
    await send(`kura.${cell}.dead`, 'anything')
    for (let looks = 0; looks < 25; looks++) {
      const { connection, channel } = await enter()
      expect(await channel.get(`kura.${cell}.dead`)).not.toBe(false)
      await connection.close()
    }
    await expect.poll(waiting).toEqual([0, 0, 0, 1])
  })

  it('goes to no server that another authority has signed for, and asks for the authority at each try', async () => {
    const { folder, remove } = await temporaryFolder()
    await certify(folder)
    const ca = join(folder, 'ca.crt')
    const said: unknown[] = []
    const warn = (details: { err?: { code?: string } }) => said.push(details.err?.code)
    const tenants = TENANTS.map((id) => ({ id, cell }))
    const parts = { server: { ...server, ca }, cells: [cell], tenants }
    const queue = rabbitmqQueue(parts, never, { warn, info() {}, error() {} } as never)
    opened.push(queue)
    queue.send(nudge())
    await expect.poll(() => said, { timeout: 10_000 }).toEqual(['SELF_SIGNED_CERT_IN_CHAIN'])
    expect(queue.counts.sent).toBe(0)
    await copyFile(server.ca, ca)
    await expect.poll(() => queue.counts.sent, { timeout: 30_000 }).toBe(1)
    await remove()
  })

  it('waits while the server takes no messages for want of memory, and works on', async () => {
    let handled = 0
    const queue = open(async () => ++handled < 0)
    queue.receive()
    queue.send(nudge())
    await expect.poll(() => handled, { timeout: 10_000 }).toBe(1)
    await server.control('set_vm_memory_high_watermark', '0.0000001')
    await expect.poll(() => server.control('eval', 'rabbit_alarm:get_alarms().')).toContain('memory')
    const before = queue.counts.sent
    for (let i = 0; i < 1_000; i++) queue.send(nudge('hoshino'))
    await sleep(500)
    expect([queue.counts.sent, handled]).toEqual([before, 1])
    await server.control('set_vm_memory_high_watermark', '0.4')
    await expect.poll(() => handled, { timeout: 20_000 }).toBeGreaterThan(1)
  })

  it('ends though a turn does not, and leaves that to another process', async () => {
    let begun = 0
    const { promise: released, resolve: release } = Promise.withResolvers<boolean>()
    const hanging = open(() => {
      begun++
      return released
    })
    hanging.receive()
    hanging.send(nudge())
    await expect.poll(() => begun, { timeout: 10_000 }).toBe(1)
    await hanging.end()
    let handled = 0
    const next = open(async () => ++handled < 0)
    next.receive()
    await expect.poll(() => handled, { timeout: 10_000 }).toBe(1)
    release(false)
  })

  it('sends what was sent while it was gone, once it comes, and says nothing to callers', async () => {
    const port = await freePort('127.0.0.1')
    const handled: string[] = []
    const queue = open(async ({ tenant }) => handled.push(tenant) < 0, { url: `amqps://localhost:${port}/kura` })
    queue.receive()
    for (let i = 0; i < 1_000; i++) queue.send(nudge())
    await sleep(500)
    const proxy = await startProxy(port)
    await expect.poll(() => handled, { timeout: 20_000 }).toEqual(['aozora'])

    proxy.cut()
    queue.send(nudge('hoshino'))
    await expect.poll(() => handled, { timeout: 20_000 }).toContain('hoshino')
    await proxy.close()
  })

  it('takes up a password that was changed, when it connects again', async () => {
    let handled = 0
    const queue = open(async () => ++handled < 0)
    queue.receive()
    queue.send(nudge())
    await expect.poll(() => handled, { timeout: 10_000 }).toBe(1)
    await server.rotate()
    await server.control('close_all_connections', '--vhost', 'kura', 'rotated')
    queue.send(nudge())
    await expect.poll(() => handled, { timeout: 20_000 }).toBeGreaterThan(1)
  })

  it('makes a queue again that somebody has deleted', async () => {
    const queue = open(never)
    queue.send(nudge())
    await expect.poll(() => queue.counts.sent, { timeout: 10_000 }).toBe(1)
    await server.control('delete_queue', '--vhost', 'kura', `kura.${cell}.quick`)
    queue.send(nudge())
    await expect.poll(() => queue.counts.sent, { timeout: 20_000 }).toBe(2)
    expect((await waiting())[0]).toBe(1)
  })

  it('loses nothing that was confirmed when the server is killed', async () => {
    const turns = new Map<string, number>()
    const queue = open(async ({ tenant }) => {
      turns.set(tenant, (turns.get(tenant) ?? 0) + 1)
      await sleep(50)
      return (turns.get(tenant) ?? 0) < 40
    })
    queue.receive()
    for (const tenant of TENANTS) queue.send(nudge(tenant))
    await expect.poll(() => turns.get('wakaba') ?? 0, { timeout: 10_000 }).toBeGreaterThan(5)
    await server.kill()
    const began = performance.now()
    queue.send(nudge())
    expect(performance.now() - began).toBeLessThan(50)
    await server.start()
    await expect.poll(() => TENANTS.every((tenant) => (turns.get(tenant) ?? 0) >= 40), { timeout: 60_000 }).toBe(true)
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([0, 0, 0, 0])
  })
})

/** Comes to the server as no process of ours would. */
async function enter() {
  const url = new URL(server.url)
  url.username = server.user
  url.password = await readFile(server.passwordFile, 'utf8')
  const connection = await connect(url.href, { ca: await readFile(server.ca) })
  return { connection, channel: await connection.createConfirmChannel() }
}

/** Sends messages as no process of ours would. */
async function send(queue: string, ...bodies: string[]) {
  const { connection, channel } = await enter()
  for (const body of bodies) channel.sendToQueue(queue, Buffer.from(body))
  await channel.waitForConfirms()
  await connection.close()
}

/** A way to the server that can be cut. */
async function startProxy(port: number) {
  const sockets = new Set<Socket>()
  const proxy = createServer((socket) => {
    const onward = dial(server.port, '127.0.0.1')
    for (const each of [socket, onward]) {
      sockets.add(each)
      each.on('error', () => {}).on('close', () => [socket, onward].forEach((one) => void one.destroy()))
    }
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: `amqps://localhost:${port}/kura`,
    cut,
    close: async () => {
      cut()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
