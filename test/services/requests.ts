import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer | Readable
}

/** Sends a request to a port of this machine, whatever host it is for. Bytes of the answer come when they are read. */
export function open(port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, resolve).on('error', reject)
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) sent.end(body)
    else body.pipe(sent)
  })
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Sends a request, and waits for all of its answer. */
export async function ask(...request: Parameters<typeof open>): Promise<Answer> {
  const answer = await open(...request)
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) }
}
