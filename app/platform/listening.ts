import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'

/**
 * Serves an application on each address. One that the machine does not have (::1 without IPv6) is passed over if
 * another is there.
 *
 * @returns what stops serving: no more requests are taken, and it is kept when those under way have been answered.
 */
export async function listen(
  // biome-ignore lint/suspicious/noExplicitAny: what an application's requests carry is its own affair
  app: Hono<any>,
  { port, addresses }: { port: number; addresses: string[] },
): Promise<() => Promise<void>> {
  const servers: ServerType[] = []
  let missing: unknown
  for (const address of addresses) {
    // An upload may take hours; headers still have to come within Node's minute.
    const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { requestTimeout: 0 } })
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, address, () => resolve())
      })
      servers.push(server)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error
      missing = error
    }
  }
  if (servers.length === 0) throw missing
  return async () => {
    await Promise.all(servers.map(close))
  }
}

/** Closes each connection as soon as the request on it has been answered. */
const close = (server: ServerType) =>
  new Promise<void>((resolve) => {
    const closing = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 100)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
  })
