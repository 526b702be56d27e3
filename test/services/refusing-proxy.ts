import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'
import { promisify } from 'node:util'

/** What stands before an S3 server: refuses what Oracle's object storage refuses, and can break what passes. */
export interface RefusingProxy {
  endpoint: string
  /** What was refused so far. */
  refused: string[]
  /** Requests to write that were passed on so far. */
  writes(): number
  /** What is done to requests from now on. */
  behave(behaviour: Behaviour): void
  /** Connections to it that are open. */
  connections(): Promise<number>
  close(): void
}

interface Behaviour {
  /** Bytes of an object after which its connection is cut. */
  cutAfter?: number
  /** Bytes of an object after which nothing more comes. */
  holdAfter?: number
  /** Changes what is sent on its way. */
  corrupt?: boolean
  /** Whose requests are carried out and never answered. */
  unanswered?: (request: IncomingMessage) => boolean
  /** Whose requests are carried out, and the connection cut before the answer. */
  lost?: (request: IncomingMessage) => boolean
  /** Milliseconds by which whatever writes is later. */
  writesLater?: number
  /** Does not let old versions be destroyed, as production's key may not. */
  keepVersions?: boolean
}

const HOST = '127.0.0.1'
const WRITES = ['PUT', 'POST', 'DELETE']

/**
 * Runs a proxy before a server of this machine.
 *
 * @param tls certificate for `localhost`, with its key: without it, the proxy speaks plainly.
 */
export async function runRefusingProxy(port: number, tls?: { cert: string; key: string }): Promise<RefusingProxy> {
  let behaviour: Behaviour = {}
  const refused: string[] = []
  let writes = 0
  const name = tls ? 'localhost' : HOST
  const server = (tls ? createTlsServer(tls) : createServer()).on('request', (asked, answer) => {
    const refusal = refusalOf(asked, name)
    if (refusal === undefined) {
      if (!WRITES.includes(asked.method ?? '')) return pass(asked, answer, port, behaviour)
      writes++
      return void setTimeout(() => pass(asked, answer, port, behaviour), behaviour.writesLater ?? 0)
    }
    refused.push(refusal)
    // Read to its end: who sends would not see the answer otherwise.
    asked.resume().once('end', () => refuse(answer, 400, 'InvalidRequest', refusal))
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  return {
    endpoint: `${tls ? 'https' : 'http'}://${name}:${(server.address() as AddressInfo).port}`,
    refused,
    writes: () => writes,
    behave(next) {
      behaviour = next
    },
    connections: () => promisify(server.getConnections.bind(server))(),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Why Oracle's object storage does not take a request. */
function refusalOf({ method, url = '', headers }: IncomingMessage, name: string): string | undefined {
  const has = (name: string) => headers[name] !== undefined
  if (!headers.host?.startsWith(name)) return 'the bucket is in the host'
  if (headers['content-encoding']?.includes('aws-chunked')) return 'aws-chunked'
  if (headers['x-amz-content-sha256']?.toString().startsWith('STREAMING-')) return 'a signature of a stream'
  if (has('x-amz-trailer') || has('trailer')) return 'a trailer'
  if (has('x-amz-server-side-encryption')) return 'encryption'
  if (method === 'POST' && new URL(url, 'http://s3').searchParams.has('delete')) {
    if (has('x-amz-checksum-crc32')) return 'CRC32 of a list of what to delete'
    if (!['content-md5', 'x-amz-checksum-sha256', 'x-amz-checksum-crc32c'].some(has)) return 'no checksum'
  }
  return undefined
}

function refuse(answer: ServerResponse, status: number, code: string, message: string) {
  answer.writeHead(status, { 'content-type': 'application/xml' })
  answer.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`)
}

function pass(asked: IncomingMessage, answer: ServerResponse, port: number, behaviour: Behaviour) {
  const { method, url: path, headers } = asked
  if (behaviour.keepVersions && path?.includes('?delete')) return passDeletion(asked, answer, port)
  const on = request({ host: HOST, port, method, path, headers }, (answered) => {
    if (behaviour.unanswered?.(asked)) return answered.resume()
    if (behaviour.lost?.(asked)) return answered.resume().once('end', () => answer.destroy())
    answer.writeHead(answered.statusCode ?? 500, answered.headers)
    answered.on('error', () => answer.destroy())
    if (method === 'GET') answered.pipe(broken(behaviour, () => answer.destroy())).pipe(answer)
    else answered.pipe(answer)
  })
  on.on('error', () => answer.destroy())
  // Whoever goes away, the other is told.
  answer.on('close', () => on.destroy())
  if (behaviour.corrupt) asked.pipe(corrupted()).pipe(on)
  else asked.pipe(on)
}

/** Passes a list of what to delete on, unless it names versions. */
async function passDeletion(asked: IncomingMessage, answer: ServerResponse, port: number) {
  const { method, url: path, headers } = asked
  const body = Buffer.concat(await asked.toArray())
  if (body.includes('<VersionId>')) return refuse(answer, 403, 'AccessDenied', 'versions may not be destroyed')
  const on = request({ host: HOST, port, method, path, headers }, (answered) => {
    answer.writeHead(answered.statusCode ?? 500, answered.headers)
    answered.pipe(answer)
  })
  on.on('error', () => answer.destroy())
  on.end(body)
}

function broken({ cutAfter = Infinity, holdAfter = Infinity }: Behaviour, cut: () => void) {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length
      if (passed > holdAfter) return
      done(null, chunk)
      if (passed > cutAfter) setImmediate(cut)
    },
  })
}

const corrupted = () =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      const changed = Buffer.from(chunk)
      changed.writeUInt8(changed.readUInt8(0) ^ 1, 0)
      done(null, changed)
    },
  })
