import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What stands between the application and a server: it passes everything on, and can do what a network does. */
export interface TcpProxy {
  port: number
  /** Breaks off all connections that there are. */
  cut(): void
  /** Lets nothing pass in either direction, of old connections and of new ones, until {@link release}. */
  hold(): void
  release(): void
  /** Holds back by so many milliseconds whatever passes, in each direction; 0 for no longer. */
  delay(milliseconds: number): void
  close(): void
}

const HOST = '127.0.0.1'

/** @param port of the server, asked for each connection: one that is started again may have another. */
export async function runProxy(port: () => number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let wait = 0
  let gate: PromiseWithResolvers<void> | undefined
  async function* passage(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      if (wait > 0) await sleep(wait)
      await gate?.promise
      yield chunk
    }
  }
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ host: HOST, port: port(), allowHalfOpen: true })
    for (const socket of [client, upstream]) {
      socket.setNoDelay()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    // One that breaks takes the other with it: whoever spoke to it learns of it by that.
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    pipeline(client, passage, upstream).catch(end)
    pipeline(upstream, passage, client).catch(end)
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    hold() {
      gate ??= Promise.withResolvers()
    },
    release() {
      gate?.resolve()
      gate = undefined
    },
    delay(milliseconds) {
      wait = milliseconds
    },
    close() {
      server.close()
      cut()
    },
  }
}
