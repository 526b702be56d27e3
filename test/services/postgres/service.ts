import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOST } from './host.ts'
import type { Member } from './member.ts'

/** What connections to members come from: not the address that `pg_hba.conf` takes for the same pod. */
const FROM = '127.0.0.2'
/** Milliseconds between two looks at where it leads. */
const LOOK = 200

/** What stands for one of the operator's two Services. */
export interface Service {
  port: number
  /** Breaks off about half of the connections, as a network does that fails for a moment, and says how many. */
  breakOff(): number
  close(): void
}

/**
 * Leads to the members that `find` finds, each connection to another. One that is not found any more loses its
 * connections: what a dead node's clients learn by their keepalives.
 */
export async function runService(members: Member[], find: () => Promise<Member[]>): Promise<Service> {
  const sockets = new Map<Member, Set<Socket>>(members.map((member) => [member, new Set()]))
  const clients = new Set<Socket>()
  let found: Member[] = []
  let next = 0
  let ended = false

  const look = async () => {
    found = await find()
    for (const [member, held] of sockets) if (!found.includes(member)) for (const socket of held) socket.destroy()
  }
  const server = createServer((client) => {
    const member = found[next++ % found.length]
    if (!member) return client.resetAndDestroy()
    const backend = connect({ host: HOST, port: member.port, localAddress: FROM })
    const held = sockets.get(member) as Set<Socket>
    clients.add(client)
    client.on('close', () => clients.delete(client))
    for (const [one, other] of [
      [client, backend],
      [backend, client],
    ] as const) {
      one.setNoDelay()
      held.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        held.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, HOST)
  await Promise.all([once(server, 'listening'), look()])
  void (async () => {
    while (!ended) {
      // Who cannot say anything just now has not changed anything either.
      await look().catch(() => {})
      await sleep(LOOK)
    }
  })()
  return {
    port: (server.address() as AddressInfo).port,
    breakOff() {
      const chosen = [...clients].filter(() => Math.random() < 0.5)
      for (const client of chosen) client.resetAndDestroy()
      return chosen.length
    },
    close() {
      ended = true
      server.close()
      for (const held of sockets.values()) for (const socket of held) socket.destroy()
    },
  }
}
