import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { answerTimes, percentiles, seconds } from './measure.ts'
import type { Bench } from './sections.ts'
import type { Row } from './table.ts'

const GIB = 2 ** 30
/** The largest file that an institution may send unless its own file says more. */
const LARGE = 20 * GIB
const DOWNLOADS = 10_000
/** Bytes that a slow reader takes, and milliseconds until it takes as many again. */
const SIP = 1_024
const PAUSE = 2_000
/** Connections that are opened at a time: more would not fit the queue of a listening socket. */
const AT_ONCE = 100
/** Downloads of one client: fewer than any limit of a minute. */
const EACH = 100
const READS = 200

type Institution = Pick<Bench, 'url' | 'token'>

/** Figures of what is larger than life: records, files and crowds. */
export async function* figuresOfHardCases(institution: Bench): AsyncGenerator<Row> {
  const { url, memory } = institution
  const authors = await make(institution, {
    titles: [{ value: 'A thousand authors', lang: 'en' }],
    type: { term: 'journal article' },
    creators: Array.from({ length: 1_000 }, (_, i) => ({ names: [{ value: `Author, ${i}`, lang: 'en' }] })),
  })
  yield {
    what: 'page of an item with 1,000 authors, ms p50/p95',
    measured: percentiles(await pageTimes(`${url}/items/${authors}`), 50, 95),
  }

  const files = await make(institution, {
    titles: [{ value: 'A thousand files', lang: 'en' }],
    type: { term: 'dataset' },
  })
  for (let i = 0; i < 1_000; i++) await put(institution, files, `part-${i}.txt`, Buffer.from(`part ${i}\n`))
  yield {
    what: 'page of an item with 1,000 files, ms p50/p95',
    measured: percentiles(await pageTimes(`${url}/items/${files}`), 50, 95),
  }

  const large = await make(institution, { titles: [{ value: 'A large file', lang: 'en' }], type: { term: 'dataset' } })
  const before = (await memory())[0] as number
  const sending = await watched(memory, () => put(institution, large, 'large.bin', ofSize(LARGE)))
  yield {
    what: `sending ${LARGE / GIB} GiB: MiB/s, most MiB of memory before/during`,
    measured: `${Math.round(LARGE / 2 ** 20 / sending.seconds)}, ${before}/${sending.most}`,
  }
  const address = `${url}/items/${large}/files/large.bin`
  const fetching = await watched(memory, async () => {
    const response = await fetchLocal(address)
    if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`)
    let bytes = 0
    for await (const chunk of response.body) bytes += chunk.length
    if (bytes !== LARGE) throw new Error(`${bytes} of ${LARGE} bytes came`)
  })
  yield {
    what: `fetching ${LARGE / GIB} GiB: MiB/s, most MiB of memory`,
    measured: `${Math.round(LARGE / 2 ** 20 / fetching.seconds)}, ${fetching.most}`,
  }

  const crowd = await slowReaders(address, DOWNLOADS)
  try {
    const times = await pageTimes(`${url}/items/1`)
    yield {
      what: `${DOWNLOADS} slow downloads of one file: cut off/MiB of memory/another reader's ms p50/p95`,
      measured: `${crowd.lost()}/${(await memory())[0]}/${percentiles(times, 50, 95)}`,
      limit: '0/–/p95 ≤ 200',
    }
  } finally {
    crowd.leave()
  }
}

const pageTimes = (address: string) => answerTimes(Array<string>(READS).fill(address), 'text/html')

/** Makes an item. @returns its number. */
async function make({ url, token }: Institution, record: object): Promise<number> {
  const response = await fetchLocal(`${url}/api/v1/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ record }),
  })
  if (response.status !== 201)
    throw new Error(`making an item was answered ${response.status}: ${await response.text()}`)
  const { number } = (await response.json()) as { number: number }
  return number
}

async function put(
  { url, token }: Institution,
  item: number,
  name: string,
  body: Buffer | ReadableStream,
): Promise<void> {
  const response = await fetchLocal(`${url}/api/v1/items/${item}/files/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body,
    duplex: 'half',
  })
  // As many as one client may send in a minute: it goes on when it may.
  if (response.status === 429 && Buffer.isBuffer(body)) {
    await response.text()
    await sleep(Number(response.headers.get('retry-after')) * 1_000)
    await put({ url, token }, item, name, body)
    return
  }
  if (!response.ok) throw new Error(`${name} was answered ${response.status}: ${await response.text()}`)
  await response.text()
}

function ofSize(bytes: number): ReadableStream {
  const chunk = Buffer.alloc(2 ** 20, 'kura')
  return Readable.toWeb(
    Readable.from(
      (function* () {
        for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk
      })(),
    ),
  ) as ReadableStream
}

/** Seconds that work takes, and the most memory (MiB) that the web process has meanwhile. */
async function watched(memory: Bench['memory'], work: () => Promise<void>): Promise<{ seconds: number; most: number }> {
  let working = true
  let most = 0
  const watching = (async () => {
    while (working) {
      most = Math.max(most, (await memory())[0] as number)
      await sleep(500)
    }
  })()
  const taken = await seconds(work).finally(() => {
    working = false
  })
  await watching
  return { seconds: taken, most }
}

/** Many who read one file slowly; they go on until they are told to leave. */
async function slowReaders(address: string, count: number) {
  const { host, port, pathname } = new URL(address)
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: slow\r\n\r\n`
  const readers: Socket[] = []
  let lost = 0
  const begin = () =>
    new Promise<void>((resolve, reject) => {
      const onread = {
        buffer: Buffer.alloc(SIP),
        callback: () => {
          resolve()
          setTimeout(() => socket.resume(), PAUSE)
          return false
        },
      }
      // A client with an address of its own, as in `clientAt`.
      const client = Math.floor(readers.length / EACH)
      const localAddress = `127.2.${Math.floor(client / 250)}.${1 + (client % 250)}`
      const socket: Socket = connect({ port: Number(port), host: '127.0.0.1', localAddress, onread }, () =>
        socket.write(request),
      )
      socket.on('error', reject).on('close', () => lost++)
      readers.push(socket)
    })
  while (readers.length < count) await Promise.all(Array.from({ length: AT_ONCE }, begin))
  return {
    lost: () => lost,
    leave() {
      for (const socket of readers) socket.destroy()
    },
  }
}
