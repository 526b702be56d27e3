import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Institutions } from './institutions.ts'

/** Institutions on a real port, each at `http://<id>.localhost:<port>`. */
export async function listenFor(kura: Institutions) {
  const { port, close } = await serve((request) => {
    const headers = new Headers(request.headers)
    // Below `localhost` every machine finds them; configured they are below `example`.
    headers.set('host', (headers.get('host') ?? '').replace(/\.localhost(:\d+)?$/, '.example'))
    return kura.app.fetch(new Request(request, { headers }))
  })
  return { url: (id: string) => `http://${id}.localhost:${port}`, close }
}

/** Serves what answers a request on a port of this machine. */
export async function serve(answer: (request: Request) => Response | Promise<Response>) {
  const server = createAdaptorServer({ fetch: answer }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    /** Breaks all connections off. */
    cut: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
