import type pg from 'pg'
import { besideCrawler } from './crawler.ts'
import { queriesOf } from './generator.ts'
import {
  answerTimes,
  harvestAll,
  importAll,
  itemAddresses,
  outboxEmpty,
  percentiles,
  publisherWaits,
  seconds,
} from './measure.ts'
import { say } from './run.ts'
import type { Row } from './table.ts'

/** What is measured: one institution of an instance that runs. */
export interface Bench {
  tenant: string
  url: string
  token: string
  /** The institution's database, past the application. */
  db: pg.Client
  records: number
  seed: number
  /** MiB that the web and the worker process hold. */
  memory(): Promise<number[]>
  /** Runs a command of `kura` as in a pod, with the web process's configuration. */
  runKura(...args: string[]): Promise<void>
}

/** Figures of one kind, one after the other. */
export type Section = (bench: Bench) => AsyncGenerator<Row>

/** Queries and items that are asked for. */
const ASKED = 200

/** Figures by what they are of, in the order in which they are measured: all but the first need what it imports. */
export const sections = {
  async *import({ url, token, db, records, seed }: Bench) {
    const perSecond = await importAll({ url, token }, { seed, records }, (done) => say(`${done} records are imported`))
    yield { what: 'import by the API, records/s', measured: `${perSecond}`, limit: '≥ 100', peer: '6–9' }
    const behind = await seconds(() => outboxEmpty(db))
    yield { what: 'search index behind the import, s', measured: behind.toFixed(1) }
    // What autovacuum would have done by the time that somebody looks.
    await db.query('vacuum analyze')
  },

  async *harvest({ url, db }: Bench) {
    for (const prefix of ['jpcoar_2.1', 'oai_dc']) {
      const { first, last, whole } = await harvestAll(url, prefix)
      yield {
        what: `harvest of ${prefix}, first pages/last pages/whole, records/s`,
        measured: `${first}/${last}/${whole}`,
        limit: '≥ 1,000',
        peer: '60–179',
      }
    }
    yield {
      what: 'a publication waits for four harvesters, ms p50/p99/most',
      measured: percentiles(await publisherWaits(db, url), 50, 99, 100),
      limit: '≤ 10',
    }
  },

  async *search({ url, seed }: Bench) {
    const api = queriesOf(seed, ASKED).map((query) => `${url}/api/v1/search?size=20&q=${encodeURIComponent(query)}`)
    const plain = await answerTimes(
      api.map((address) => `${address}&facets=false`),
      'application/json',
    )
    yield {
      what: 'search, first page, ms p50/p95',
      measured: percentiles(plain, 50, 95),
      limit: 'p95 ≤ 50',
      peer: '109/151',
    }
    const faceted = await answerTimes(api, 'application/json')
    yield { what: 'search with facets, ms p50/p95', measured: percentiles(faceted, 50, 95), limit: 'p95 ≤ 150' }
  },

  async *pages({ url, records, seed }: Bench) {
    const same = (path: string) => Array<string>(ASKED).fill(`${url}${path}`)
    const words = queriesOf(seed, ASKED).map((query) => `${url}/search?q=${encodeURIComponent(query)}`)
    const pages: { what: string; addresses: string[]; limit?: string; peer?: string }[] = [
      { what: 'home', addresses: same('/'), limit: 'p95 ≤ 60' },
      { what: 'page of results', addresses: words, limit: 'p95 ≤ 60' },
      { what: 'page of results, no words', addresses: same('/search'), limit: 'p95 ≤ 60' },
      {
        what: 'page of results, a common word',
        addresses: same(`/search?q=${encodeURIComponent('研究')}`),
        limit: 'p95 ≤ 60',
      },
      {
        what: 'page of results, a facet chosen',
        addresses: same('/search?type=departmental+bulletin+paper'),
        limit: 'p95 ≤ 60',
      },
      { what: 'list of people', addresses: same('/people') },
      {
        what: 'page of an item',
        addresses: itemAddresses(url, records, seed, ASKED),
        limit: 'p95 ≤ 20',
        peer: '66/85',
      },
    ]
    for (const { what, addresses, ...beside } of pages) {
      const times = await answerTimes(addresses, 'text/html')
      yield { what: `${what}, ms p50/p95`, measured: percentiles(times, 50, 95), ...beside }
    }
  },

  async *crawler({ url, records, seed }: Bench) {
    yield* await besideCrawler(url, { records, seed })
  },

  async *reindex({ tenant, db, records, memory, runKura }: Bench) {
    const reindexing = await seconds(() => runKura('reindex', '--tenant', tenant))
    yield { what: 'reindex, records/s', measured: `${Math.round(records / reindexing)}`, limit: '≥ 500' }
    yield { what: 'web + worker, MiB', measured: (await memory()).join(' + '), peer: '841' }
    const { rows } = await db.query('select pg_database_size(current_database()) / 1048576 as mib')
    yield { what: 'database, MiB', measured: `${rows[0].mib}` }
  },
} satisfies Record<string, Section>
