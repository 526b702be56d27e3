import { createServer, type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
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
  const servers: Server[] = []
  let missing: unknown
  for (const address of addresses) {
    // An upload may take hours; headers still have to come within Node's minute.
    const server = createServer({ requestTimeout: 0 }, getRequestListener(app.fetch, { errorHandler }))
    server.on('clientError', refuseNonsense)
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

/** Answers what has an address or a Host that the application cannot even be asked with. */
function errorHandler(error: unknown): Response {
  // The application answers all that goes wrong within it.
  if (!(error instanceof RequestError)) return new Response(null, { status: 500 })
  return new Response(`This request cannot be understood: ${error.message}.\n`, { status: 400 })
}

/** What Node's reader of HTTP stops at, and what to say of it. */
const STOPPED_AT: { readonly [code: string]: readonly [status: number, why: string] } = {
  HPE_HEADER_OVERFLOW: [431, 'its address and headers are longer than 16 KiB together'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'its chunks have extensions that are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'its headers took more than a minute'],
}

/** Answers what is not HTTP, and ends the connection; where an answer is under way, without a word. */
function refuseNonsense(error: Error & { code?: string }, socket: Socket) {
  if (!socket.writable || socket.bytesWritten > 0) return socket.destroy()
  const [status, why] = STOPPED_AT[error.code ?? ''] ?? [400, 'it is not HTTP']
  const text = `This request cannot be understood: ${why}.\n`
  const headers = ['connection: close', 'content-type: text/plain', `content-length: ${text.length}`]
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', text].join('\r\n'))
}

/** Closes each connection as soon as the request on it has been answered. */
const close = (server: Server) =>
  new Promise<void>((resolve) => {
    const closing = setInterval(() => server.closeIdleConnections(), 100)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
  })
