import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** Milliseconds after which nobody waits for an answer any more. */
const PATIENCE = 45_000

export interface Asked {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

/** How a request ended: with an answer, with a part of one, or with none. */
export interface Answer {
  /** Of the answer; 0 where none came. */
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
  /** Whether all of it came. */
  whole: boolean
  /** When it was sent, and when the answer began or was given up (`performance.now()`). */
  sent: number
  answered: number
}

/** Asks an institution over a connection of its own, as a program that trusts nothing. Never rejects. */
export function ask(
  { port, host }: { port: number; host: string },
  { path, method = 'GET', headers = {}, body }: Asked,
): Promise<Answer> {
  const sent = performance.now()
  return new Promise((resolve) => {
    const none = () =>
      resolve({ status: 0, headers: {}, body: Buffer.alloc(0), whole: false, sent, answered: performance.now() })
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...headers, host, connection: 'close' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    asked.once('response', (response) => {
      const begun = { status: response.statusCode ?? 0, headers: response.headers, sent, answered: performance.now() }
      buffer(response).then(
        (body) => resolve({ ...begun, body, whole: true }),
        () => resolve({ ...begun, body: Buffer.alloc(0), whole: false }),
      )
    })
    asked.once('error', none)
    asked.end(body)
  })
}

/** The body of an answer that is JSON. */
export const jsonIn = <T>({ body }: Answer): T => JSON.parse(body.toString('utf8')) as T
