import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOST } from './host.ts'
import type { Member } from './member.ts'

/** What connections to members come from: not the address that `pg_hba.conf` takes for the same pod. */
const FROM = '127.0.0.2'
/** Milliseconds between two looks at who plays the role, and that an answer may take. */
const [LOOK, ANSWER] = [200, 3_000]

/** What stands for one of the operator's two Services. */
export interface Service {
  port: number
  close(): void
}

/**
 * Leads to those members that play a role, as Patroni says, each connection to another. Who does not play it any more
 * loses its connections: what a dead node's clients learn by their keepalives.
 */
export async function runService(role: 'primary' | 'replica', members: Member[]): Promise<Service> {
  const sockets = new Map<Member, Set<Socket>>(members.map((member) => [member, new Set()]))
  let playing: Member[] = []
  let next = 0
  let ended = false

  const plays = ({ patroni }: Member) =>
    fetch(`${patroni}/${role}`, { signal: AbortSignal.timeout(ANSWER) }).then(
      ({ ok }) => ok,
      () => false,
    )
  const look = async () => {
    const answers = await Promise.all(members.map(plays))
    playing = members.filter((_, index) => answers[index])
    for (const [member, held] of sockets) if (!playing.includes(member)) for (const socket of held) socket.destroy()
  }
  const server = createServer((client) => {
    const member = playing[next++ % playing.length]
    if (!member) return client.resetAndDestroy()
    const backend = connect({ host: HOST, port: member.port, localAddress: FROM })
    const held = sockets.get(member) as Set<Socket>
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
  const looking = (async () => {
    while (!ended) {
      await look()
      await sleep(LOOK)
    }
  })()
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      ended = true
      server.close()
      void looking
      for (const held of sockets.values()) for (const socket of held) socket.destroy()
    },
  }
}
