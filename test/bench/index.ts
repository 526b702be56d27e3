import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { temporaryFolder } from '../setup/folder.ts'
import { startKura } from '../setup/kura.ts'
import { besideCrawler } from './crawler.ts'
import { queriesOf } from './generator.ts'
import { connect, memory, runKura } from './instance.ts'
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
import { type Row, table } from './table.ts'

/*
 * `npm run bench`: figures of one institution on what `npm start` runs, whole: real processes, and a PostgreSQL that
 * keeps what it has acknowledged. Beside them stand our limits, and what InvenioRDM 14 was measured to do on such a
 * machine with 6,365 records. `-- --records 10000` makes it shorter.
 */
const { values: options } = parseArgs({
  options: { records: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const records = Number(options.records)
const seed = Number(options.seed)
if (!Number.isSafeInteger(records) || records < 1_000 || !Number.isSafeInteger(seed))
  throw new Error('--records needs a whole number from 1000, --seed a whole number')

const TENANT = 'hidamari'
const QUERIES = 200

const { folder, remove } = await temporaryFolder()
say(`an instance is started; ${records} records of seed ${seed}`)
const kura = await startKura(join(folder, 'state'))
try {
  const rows: Row[] = []
  for await (const row of figures()) {
    say(`${row.what}: ${row.measured}`)
    rows.push(row)
  }
  console.log(`\n${table(rows)}`)
} finally {
  await kura.end()
  await remove()
}

async function* figures(): AsyncGenerator<Row> {
  const { url, adminToken: token } = kura.local.tenants[TENANT] as { url: string; adminToken: string }
  const db = await connect(kura, TENANT)
  try {
    const perSecond = await importAll({ url, token }, { seed, records }, (done) => say(`${done} records are imported`))
    yield { what: 'import by the API, records/s', measured: `${perSecond}`, limit: '≥ 100', peer: '6–9' }
    const behind = await seconds(() => outboxEmpty(db))
    yield { what: 'search index behind the import, s', measured: behind.toFixed(1) }
    // What autovacuum would have done by the time that somebody looks.
    await db.query('vacuum analyze')

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

    const queries = queriesOf(seed, QUERIES).map((query) => `q=${encodeURIComponent(query)}`)
    const api = `${url}/api/v1/search?size=20`
    const plain = await answerTimes(
      queries.map((query) => `${api}&facets=false&${query}`),
      'application/json',
    )
    yield {
      what: 'search, first page, ms p50/p95',
      measured: percentiles(plain, 50, 95),
      limit: 'p95 ≤ 50',
      peer: '109/151',
    }
    const faceted = await answerTimes(
      queries.map((query) => `${api}&${query}`),
      'application/json',
    )
    yield { what: 'search with facets, ms p50/p95', measured: percentiles(faceted, 50, 95), limit: 'p95 ≤ 150' }
    const page = await answerTimes(
      queries.map((query) => `${url}/search?${query}`),
      'text/html',
    )
    yield { what: 'page of results, ms p50/p95', measured: percentiles(page, 50, 95) }
    const items = await answerTimes(itemAddresses(url, records, seed, QUERIES), 'text/html')
    yield { what: 'page of an item, ms p50/p95', measured: percentiles(items, 50, 95), peer: '66/85' }

    yield* await besideCrawler(url, { records, seed })

    const reindexing = await seconds(() => runKura(kura, 'reindex', '--tenant', TENANT))
    yield { what: 'reindex, records/s', measured: `${Math.round(records / reindexing)}`, limit: '≥ 500' }
    yield { what: 'web + worker, MiB', measured: (await memory(kura)).join(' + '), peer: '841' }
    const { rows } = await db.query('select pg_database_size(current_database()) / 1048576 as mib')
    yield { what: 'database, MiB', measured: `${rows[0].mib}` }
  } finally {
    await db.end()
  }
}

function say(text: string) {
  console.log(`${process.uptime().toFixed(0).padStart(6)} s  ${text}`)
}
