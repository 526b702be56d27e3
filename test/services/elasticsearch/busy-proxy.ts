import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What becomes of a request that writes: refused as a whole, or each document of it; carried out, and the answer lost. */
export type Mishap = 'refused' | 'documents refused' | 'lost'

/** What stands before a server that has too much to do. */
export interface BusyProxy {
  url: string
  /** Requests that write which came so far, and the most that were under way at a time. */
  writes: { came: number; most: number }
  /** What becomes of the next requests that write, one after the other; those after them pass. */
  befall(...mishaps: Mishap[]): void
  close(): void
}

const HOST = '127.0.0.1'
const ERROR = { type: 'es_rejected_execution_exception', reason: 'too much to do' }

/** Runs a proxy before the server at an address. */
export async function runBusyProxy(server: string): Promise<BusyProxy> {
  let mishaps: Mishap[] = []
  let underWay = 0
  const writes = { came: 0, most: 0 }
  const count = (answer: ServerResponse) => {
    writes.came++
    writes.most = Math.max(writes.most, ++underWay)
    answer.once('close', () => underWay--)
  }
  const proxy = createServer(async (asked, answer) => {
    const isWrite = asked.url?.endsWith('/_bulk') === true
    if (isWrite) count(answer)
    const mishap = isWrite ? mishaps.shift() : undefined
    if (mishap === 'refused' || mishap === 'documents refused') {
      const sent = await text(asked)
      return mishap === 'refused' ? say(answer, 429, { error: ERROR, status: 429 }) : say(answer, 200, refusals(sent))
    }
    const passed = request(new URL(asked.url ?? '/', server), { method: asked.method, headers: asked.headers })
    passed.once('error', () => answer.destroy())
    asked.pipe(passed)
    passed.once('response', (response: IncomingMessage) => {
      if (mishap === 'lost') return response.resume().once('end', () => answer.destroy())
      answer.writeHead(response.statusCode as number, response.headers)
      response.pipe(answer)
    })
  })
  proxy.listen(0, HOST)
  await once(proxy, 'listening')
  return {
    url: `http://${HOST}:${(proxy.address() as AddressInfo).port}`,
    writes,
    befall(...next) {
      mishaps = next
    },
    close() {
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}

/** The answer to documents that are all refused: each is a line that says what is to be done, and one with the document. */
function refusals(sent: string): object {
  const actions = sent.split('\n').filter((line, i) => i % 2 === 0 && line !== '')
  const items = actions.map((line) => {
    const [[kind, { _index, _id }]] = Object.entries(JSON.parse(line)) as [[string, { _index: string; _id: string }]]
    return { [kind]: { _index, _id, status: 429, error: ERROR } }
  })
  return { took: 1, errors: true, items }
}

function say(answer: ServerResponse, status: number, body: object): void {
  answer.writeHead(status, {
    'content-type': 'application/vnd.elasticsearch+json;compatible-with=9',
    'x-elastic-product': 'Elasticsearch',
  })
  answer.end(JSON.stringify(body))
}
