import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { minimal } from '../../support/depositor.ts'

/** Milliseconds that no answer takes, on a slow machine either: ten seconds are promised. */
const PATIENCE = 15_000

/** Not now: a service is gone, or what was asked before may still be under way. */
const LATER = [503, 409]

/** What someone was told that an item is. */
interface Acknowledged {
  title: string
  revision: number
  deleted: boolean
}

/** People who deposit, edit, delete and read, and do again what was not acknowledged. */
export interface Writers {
  /** By the item's number. */
  acknowledged: Map<number, Acknowledged>
  /** Answers that are neither what was asked for nor a request to come again. */
  wrong: string[]
  /** Waits until so much more has been acknowledged. */
  progress(changes: number): Promise<void>
  /** Lets them end what they have begun. */
  stop(): Promise<void>
  /** Lets them give up what they have begun. */
  abandon(): void
}

/** Where institutions are served, and one of them. */
interface Door {
  port: number
  host: string
  token: string
}

interface Answer {
  status: number
  body: string
}

/** Lets so many people work at once. */
export function write(door: Door, people: number): Writers {
  const acknowledged = new Map<number, Acknowledged>()
  const wrong: string[] = []
  let changes = 0
  let stopping = false
  let abandoned = false

  /** Asks until there is an answer of those that are expected. */
  const insist = async (method: string, path: string, expected: number[], headers = {}, body?: object) => {
    for (;;) {
      if (abandoned) throw new Error('nobody waits for it any more')
      const answer = await ask(door, method, path, headers, body).catch((error) => String(error))
      if (typeof answer === 'string') {
        // A connection may break off; but nobody waits without an end.
        if (answer.includes('no answer')) wrong.push(`${method} ${path}: ${answer}`)
      } else if (expected.includes(answer.status)) return answer
      else if (!LATER.includes(answer.status)) wrong.push(`${method} ${path}: ${answer.status} ${answer.body}`)
      else if (!answer.retryAfter) wrong.push(`${method} ${path}: ${answer.status} without Retry-After`)
      await sleep(100)
    }
  }
  const work = async (person: number) => {
    for (let turn = 0; !stopping; turn++) {
      const title = `Tide ${person}-${turn}`
      const key = { 'idempotency-key': `"${randomUUID()}"` }
      const made = await insist('POST', '/api/v1/items', [201], key, { record: minimal(title) })
      const { number } = JSON.parse(made.body) as { number: number }
      const item: Acknowledged = { title, revision: 1, deleted: false }
      // What takes the number of a lost item would hide that it was lost.
      if (acknowledged.has(number))
        wrong.push(`item ${number} was given to ${title} after ${acknowledged.get(number)?.title}`)
      acknowledged.set(number, item)
      changes++
      const path = `/api/v1/items/${number}`
      const seen = JSON.parse((await insist('GET', path, [200])).body)
      if (seen.revision !== 1) wrong.push(`GET ${path}: revision ${seen.revision} of what was just made`)
      if (turn % 3 === 1) {
        const record = { record: minimal(`${title} again`) }
        // What was done and not acknowledged is not done twice.
        await insist('PUT', path, [200, 412], { 'if-match': '"1"' }, record)
        Object.assign(item, { title: `${title} again`, revision: 2 })
        changes++
      }
      if (turn % 3 === 2) {
        await insist('DELETE', path, [204, 404, 410])
        item.deleted = true
        changes++
      }
    }
  }
  const working = Promise.all(Array.from({ length: people }, (_, person) => work(person)))
  working.catch(() => {})
  return {
    acknowledged,
    wrong,
    async progress(more) {
      const wanted = changes + more
      while (changes < wanted) await Promise.race([sleep(50), working])
    },
    async stop() {
      stopping = true
      await working
    },
    abandon() {
      abandoned = true
    },
  }
}

function ask({ port, host, token }: Door, method: string, path: string, headers: object, body?: object) {
  return new Promise<Answer & { retryAfter: boolean }>((resolve, reject) => {
    const type = body ? { 'content-type': 'application/json' } : {}
    const sending = request(
      {
        ...{ host: '127.0.0.1', port, method, path },
        headers: { host, authorization: `Bearer ${token}`, ...type, ...headers },
        signal: AbortSignal.timeout(PATIENCE),
      },
      (response) => {
        const { statusCode: status = 0, headers } = response
        text(response).then((body) => resolve({ status, body, retryAfter: 'retry-after' in headers }), reject)
      },
    )
    sending.on('error', (error) => reject(error.name === 'TimeoutError' ? new Error('no answer') : error))
    sending.end(body && JSON.stringify(body))
  })
}
