import { setTimeout as sleep } from 'node:timers/promises'
import { fetchLocal } from '../../../app/cli/localhost.ts'
import { crowd } from '../clients.ts'
import { queriesOf } from '../generator.ts'
import { cpuSeconds, memory } from '../instance.ts'
import { answerTimes, importAll, itemAddresses, percentiles, seconds } from '../measure.ts'
import type { Bench as BenchOfOne, Section } from '../sections.ts'
import { sections as ofOne } from '../sections.ts'
import type { Row } from '../table.ts'
import type { Site, Stage } from './stage.ts'

/** What is measured: an institution with many records on real services, and others beside it. */
export interface Bench extends BenchOfOne {
  stage: Stage
  site: Site
  /** The institutions that the site serves; the first is the one with many records. */
  institutions: string[]
}

/** Clients that search at a time, each as soon as it has its answer. */
const CLIENTS = [1, 8, 32]
/** Searches of all clients together. */
const SEARCHES = 400
/** Institutions that a process serves. */
export const COUNTS = [3, 100] as const
/** Requests to each kind of page. */
const ASKED = 200
const MIB = 2 ** 20
/** Bytes of files that are fetched. */
const LARGE = 64 * MIB
const SMALL = 64 * 1024
/** Records of an import that another institution does not notice, and deposits that are made beside it. */
const BULK = 10_000
const DEPOSITS = 20
/** Milliseconds from one deposit to the next, and from one look for it to the next. */
const PAUSE = 500
const LOOK = 20

export const sections: Record<string, (bench: Bench) => AsyncGenerator<Row>> = {
  import: withoutPeer(ofOne.import),
  harvest: withoutPeer(ofOne.harvest),
  reindex: withoutPeer(ofOne.reindex),

  async *search({ stage, url, tenant, institutions, seed }) {
    const beside = await stage.run('embedded', institutions.length)
    try {
      for (const clients of CLIENTS)
        for (const facets of [false, true]) {
          const times = async (url: string) => {
            const addresses = queriesOf(seed, SEARCHES).map(
              (query) => `${url}/api/v1/search?size=20&facets=${facets}&q=${encodeURIComponent(query)}`,
            )
            return percentiles(await atOnce(clients, addresses), 50, 95)
          }
          yield {
            what: `search${facets ? ' with facets' : ''}, ${clients} at a time, ms p50/p95`,
            measured: await times(url),
            peer: await times(beside.url(tenant)),
          }
        }
    } finally {
      await beside.end()
    }
  },

  pages: withoutPeer(ofOne.pages),
  crawler: withoutPeer(ofOne.crawler),

  async *downloads({ stage, institutions }) {
    const alone = await stage.run('services', institutions.length)
    const other = institutions[1] as string
    let large: string
    let small: string
    try {
      const depositor = { url: alone.url(other), token: await alone.token(other) }
      large = await depositFile(depositor, LARGE)
      small = await depositFile(depositor, SMALL)
    } finally {
      await alone.end()
    }
    for (const on of ['nginx', 'services'] as const) {
      const site = await stage.run(on, institutions.length)
      try {
        const fetched = async (path: string, count: number, clients: number) => {
          const before = await cpuSeconds(site.web)
          const times = await seconds(() => atOnce(clients, Array<string>(count).fill(`${site.url(other)}${path}`)))
          return { times, cpu: (await cpuSeconds(site.web)) - before }
        }
        // What is opened once.
        await fetched(small, 8, 8)
        const bytes = await fetched(large, 16, 4)
        const files = await fetched(small, 800, 8)
        yield {
          what: `downloads ${on === 'nginx' ? 'by nginx' : 'by Node alone'}: MiB/s of ${LARGE / MIB} MiB, 4 at a time; files/s of ${SMALL / 1024} KiB, 8 at a time; CPU of the application, s`,
          measured: `${Math.round((16 * LARGE) / MIB / bytes.times)}; ${Math.round(800 / files.times)}; ${bytes.cpu.toFixed(1)} + ${files.cpu.toFixed(1)}`,
        }
      } finally {
        await site.end()
      }
    }
  },

  async *bulk({ url, token, site, institutions, records, seed }) {
    const other = institutions[1] as string
    const depositor = { url: site.url(other), token: await site.token(other) }
    const alone = await depositTimes(depositor, DEPOSITS)
    const times: number[] = []
    let importing = true
    const importer = importAll({ url, token }, { seed, records: BULK, from: records + 1 }, () => {}).finally(() => {
      importing = false
    })
    while (importing) times.push(...(await depositTimes(depositor, 1)))
    yield {
      what: `deposit until it is found, ${alone.length} alone, ms p50/most`,
      measured: percentiles(alone, 50, 100),
    }
    yield {
      what: `deposit until it is found, ${times.length} beside an import of ${BULK} records by another institution (${await importer} records/s), ms p50/most`,
      measured: percentiles(times, 50, 100),
      limit: `most ≤ ${Math.round(Math.max(...alone)) + 2_000}`,
    }
  },

  async *institutions({ stage, tenant, records, seed }) {
    const idle: number[] = []
    for (const count of COUNTS) {
      const site = await stage.run('services', count)
      try {
        // Each is visited, so that what a process holds for an institution is there.
        for (let round = 0; round < 3; round++)
          for (const id of stage.institutions(count)) {
            await answerTimes([`${site.url(id)}/`], 'text/html')
            await answerTimes([`${site.url(id)}/search?q=${encodeURIComponent('研究')}`], 'text/html')
          }
        const items = await answerTimes(itemAddresses(site.url(tenant), records, seed, ASKED), 'text/html')
        const queries = queriesOf(seed, ASKED).map(
          (query) => `${site.url(tenant)}/api/v1/search?size=20&q=${encodeURIComponent(query)}`,
        )
        const found = await answerTimes(queries, 'application/json')
        const held = await memory(site.web, site.worker)
        idle.push(held[0] as number)
        yield {
          what: `${count} institutions: page of an item/search with facets, ms p50/p95; web + worker, MiB`,
          measured: `${percentiles(items, 50, 95)}; ${percentiles(found, 50, 95)}; ${held.join(' + ')}`,
        }
      } finally {
        await site.end()
      }
    }
    const further = ((idle[1] as number) - (idle[0] as number)) / (COUNTS[1] - COUNTS[0])
    yield { what: 'a further institution, MiB of the web process', measured: further.toFixed(2), limit: '≤ 1' }
  },
}

/** Figures without their peer, which is another one here. */
function withoutPeer(section: Section): Section {
  return async function* (bench) {
    for await (const { peer: _, ...row } of section(bench)) yield row
  }
}

/** Milliseconds that each address takes when so many clients ask at a time, each as soon as it has its answer. */
async function atOnce(clients: number, addresses: string[]): Promise<number[]> {
  const times: number[] = []
  const next = addresses[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const ask = crowd()
      for (const address of next) {
        const began = performance.now()
        const response = await ask(address, { headers: { accept: 'application/json' } })
        for await (const _ of response.body ?? []);
        times.push(performance.now() - began)
        if (!response.ok) throw new Error(`${address} answered ${response.status}`)
      }
    }),
  )
  return times
}

/** Deposits an item with a file of so many bytes. @returns the file's path. */
async function depositFile({ url, token }: { url: string; token: string }, size: number): Promise<string> {
  const authorization = `Bearer ${token}`
  const item = await fetchLocal(`${url}/api/v1/items`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ record: { titles: [{ value: 'A file', lang: 'en' }], type: { term: 'dataset' } } }),
  })
  const { number } = (await item.json()) as { number: number }
  const file = await fetchLocal(`${url}/api/v1/items/${number}/files/file.bin`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: Buffer.alloc(size, 'kura'),
  })
  if (!file.ok) throw new Error(`a file was answered ${file.status}: ${await file.text()}`)
  await file.text()
  return `/items/${number}/files/file.bin`
}

/** Milliseconds from the beginning of a deposit until a search finds it, one deposit after the other. */
async function depositTimes({ url, token }: { url: string; token: string }, count: number): Promise<number[]> {
  const ask = crowd()
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    await sleep(PAUSE)
    const word = `deposit${Math.random().toString(36).slice(2)}`
    const began = performance.now()
    const response = await fetchLocal(`${url}/api/v1/items`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        record: { titles: [{ value: word, lang: 'en' }], type: { term: 'departmental bulletin paper' } },
      }),
    })
    if (response.status !== 201) throw new Error(`a deposit was answered ${response.status}: ${await response.text()}`)
    await response.text()
    for (let found = 0; found === 0; ) {
      await sleep(LOOK)
      const answer = await ask(`${url}/api/v1/search?facets=false&q=${word}`, {
        headers: { accept: 'application/json' },
      })
      found = ((await answer.json()) as { total: number }).total
    }
    times.push(performance.now() - began)
  }
  return times
}
