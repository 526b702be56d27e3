import { setTimeout as sleep } from 'node:timers/promises'
import { type Ask, clientAt } from './clients.ts'
import { queriesOf, seeded } from './generator.ts'
import { percentiles } from './measure.ts'
import type { Row } from './table.ts'

/** Requests that the crawler has under way at a time. */
const AT_ONCE = 50
/** Seconds for which it crawls. */
const CRAWLS = 30
/** Requests of the reader in each state, and milliseconds from one to the next. */
const READS = 150
const PAUSE = 150

/**
 * A reader beside a crawler that asks for every page and facet as fast as it can: how long the reader waits, alone and
 * beside it.
 */
export async function besideCrawler(url: string, { records, seed }: { records: number; seed: number }): Promise<Row[]> {
  const reader = clientAt('127.0.0.3')
  const pages = pagesOf(url, { records, seed: seed + 1 })
  // What every process does but once.
  await readerWaits(clientAt('127.0.0.4'), pages, 20)
  const alone = await readerWaits(reader, pages, READS)

  const crawling = new AbortController()
  const crawl = crawlOn(clientAt('127.0.0.2'), pagesOf(url, { records, seed }), crawling.signal)
  const beside: number[] = await readerWaits(clientAt('127.0.0.5'), pages, READS)
  crawling.abort()
  const { answered, refused, failed } = await crawl
  return [
    { what: 'a reader alone, ms p50/p95', measured: percentiles(alone, 50, 95) },
    {
      what: `beside a crawler with ${AT_ONCE} requests at a time (${answered} answered, ${refused} refused, ${failed} failed), ms p50/p95`,
      measured: percentiles(beside, 50, 95),
      limit: 'p95 ≤ 200',
    },
  ]
}

/** Addresses of pages of all kinds, without end. */
function* pagesOf(url: string, { records, seed }: { records: number; seed: number }): Generator<string> {
  const random = seeded(seed + 11)
  const queries = queriesOf(seed, 500)
  const facets = [
    'type=departmental+bulletin+paper',
    'language=jpn',
    'access=open+access',
    'year=2020',
    'sort=title',
    '',
  ]
  for (;;) {
    const query = encodeURIComponent(queries[Math.floor(random() * queries.length)] as string)
    const facet = facets[Math.floor(random() * facets.length)]
    const item = 1 + Math.floor(random() * records)
    yield `${url}/items/${item}`
    yield `${url}/search?q=${query}&${facet}`
    yield `${url}/api/v1/items/${item}`
    yield `${url}/search?${facet}`
    yield `${url}/`
  }
}

/** Milliseconds that each of a reader's requests takes: as many as a reader makes, and not as many as can be. */
async function readerWaits(ask: Ask, pages: Iterator<string>, count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const began = performance.now()
    const response = await ask(pages.next().value)
    await response.text()
    times.push(performance.now() - began)
    if (response.status >= 400) throw new Error(`${response.url} answered ${response.status} to a reader`)
    await sleep(PAUSE)
  }
  return times
}

/** Asks with {@link AT_ONCE} requests at a time until it is stopped, for {@link CRAWLS} seconds at most. */
async function crawlOn(ask: Ask, pages: Iterator<string>, stopped: AbortSignal) {
  const sums = { answered: 0, refused: 0, failed: 0 }
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(CRAWLS * 1_000)])
  const one = async () => {
    while (!signal.aborted) {
      try {
        const response = await ask(pages.next().value, { signal })
        await response.text()
        if (response.status === 429) sums.refused++
        else if (response.status >= 500) sums.failed++
        else sums.answered++
      } catch {
        if (!signal.aborted) sums.failed++
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return sums
}
