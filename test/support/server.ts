import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { listen } from '../../app/platform/listening.ts'
import { freePort } from './free-port.ts'
import type { Institutions } from './institutions.ts'

/** What is sent, byte for byte as given: paths and headers are not made any better on their way. */
export interface Sent {
  /** Path and query as they stand in the request line. */
  path: string
  method?: string | undefined
  headers?: { readonly [name: string]: string | string[] } | undefined
  body?: string | Uint8Array | undefined
}

export interface Received {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** The application behind a real HTTP server on the loopback interface. */
export interface Server {
  port: number
  /** Sends a request to an institution. */
  send(id: string, sent: Sent): Promise<Received>
  close(): Promise<void>
}

export async function serve(kura: Institutions): Promise<Server> {
  const port = await freePort('127.0.0.1')
  const close = await listen(kura.app, { port, addresses: ['127.0.0.1'] })
  const send = (id: string, { path, method = 'GET', headers = {}, body }: Sent) =>
    new Promise<Received>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const options = {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: `${id}.example`, ...length, ...headers },
      }
      const asked = request({ ...options, agent: false }, async (response) => {
        const zipped = response.headers['content-encoding'] === 'gzip'
        const text = buffer(response).then((bytes) =>
          (zipped && bytes.length > 0 ? gunzipSync(bytes) : bytes).toString(),
        )
        text.then((text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }), reject)
      })
      asked.on('error', reject)
      asked.end(body ?? '')
    })
  return { port, send, close }
}
