import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { crowd } from './clients.ts'
import { recordOf, seeded } from './generator.ts'

/** Records in one call. */
const CALL = 1_000
/** Pages of a list that are timed at its beginning and at its end. */
const PAGES = 20

/** Seconds that work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

/** Imports so many records from the number `from` on as lines, one call after the other. @returns records a second. */
export async function importAll(
  { url, token }: { url: string; token: string },
  { seed, records, from = 1 }: { seed: number; records: number; from?: number },
  progress: (done: number) => void,
): Promise<number> {
  const taken = await seconds(async () => {
    for (let done = 0; done < records; done += CALL) {
      const numbers = Array.from({ length: Math.min(CALL, records - done) }, (_, i) => from + done + i)
      const lines = numbers.map((number) =>
        JSON.stringify({ source: `bench/${number}`, record: recordOf(seed, number) }),
      )
      const response = await fetchLocal(`${url}/api/v1/imports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: lines.join('\n'),
      })
      const text = await response.text()
      const imported = text.match(/"status":"imported"/g)?.length ?? 0
      if (imported !== numbers.length)
        throw new Error(`${imported} of ${numbers.length} imported: ${text.slice(0, 500)}`)
      if ((done + CALL) % 10_000 === 0) progress(done + CALL)
    }
  })
  return Math.round(records / taken)
}

/** Waits until an institution's outbox is empty. */
export async function outboxEmpty(db: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await db.query('select count(*)::int as left from outbox')
    if (rows[0].left === 0) return
    await sleep(100)
  }
}

/** Harvests everything; records a second of the first pages, of the last, and of all. */
export async function harvestAll(url: string, prefix: string): Promise<{ first: number; last: number; whole: number }> {
  const ask = crowd()
  const pages: { records: number; seconds: number }[] = []
  let query = new URLSearchParams({ verb: 'ListRecords', metadataPrefix: prefix })
  for (;;) {
    let xml = ''
    const taken = await seconds(async () => {
      xml = await (await ask(`${url}/oai?${query}`)).text()
    })
    pages.push({ records: xml.match(/<record>/g)?.length ?? 0, seconds: taken })
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(xml)?.[1]
    if (token === undefined) break
    query = new URLSearchParams({ verb: 'ListRecords', resumptionToken: token })
  }
  const rate = (part: typeof pages) =>
    Math.round(part.reduce((sum, page) => sum + page.records, 0) / part.reduce((sum, page) => sum + page.seconds, 0))
  return { first: rate(pages.slice(0, PAGES)), last: rate(pages.slice(-PAGES - 1, -1)), whole: rate(pages) }
}

/**
 * How long a publication waits for harvesters that all begin a list at once: as long as the last of them holds the
 * feed's lock for its `responseDate`, and what the machine adds.
 */
export async function publisherWaits(db: pg.Client, url: string): Promise<number[]> {
  const ask = crowd()
  let harvesting = true
  const harvesters = Array.from({ length: 4 }, async () => {
    while (harvesting) await (await ask(`${url}/oai?verb=ListIdentifiers&metadataPrefix=oai_dc`)).text()
  })
  // Measured on the server: our own process is busy with harvesting.
  await db.query(`
    create function pg_temp.waits() returns setof double precision language plpgsql as $$
    declare began timestamptz;
    begin
      for i in 1..2000 loop
        began := clock_timestamp();
        perform pg_advisory_lock(1);
        return next extract(epoch from clock_timestamp() - began) * 1000;
        perform pg_advisory_unlock(1);
        perform pg_sleep(0.002);
      end loop;
    end $$`)
  const { rows } = await db.query('select waits::float8 as ms from pg_temp.waits() as waits')
  harvesting = false
  await Promise.all(harvesters)
  return rows.map(({ ms }) => ms)
}

/** Milliseconds that each of some addresses takes to answer, one after the other, the second time that it is asked. */
export async function answerTimes(addresses: string[], accept: string): Promise<number[]> {
  const client = crowd()
  const times: number[] = []
  for (const address of addresses) {
    const ask = async () => {
      const response = await client(address, { headers: { accept } })
      const body = await response.text()
      if (!response.ok) throw new Error(`${address} answered ${response.status}: ${body.slice(0, 300)}`)
    }
    times.push((await seconds(ask)) * 1_000)
  }
  return times
}

/** Addresses of items at random. */
export function itemAddresses(url: string, records: number, seed: number, count: number): string[] {
  const random = seeded(seed + 5)
  return Array.from({ length: count }, () => `${url}/items/${1 + Math.floor(random() * records)}`)
}

/** Percentiles of times, as text. */
export function percentiles(times: number[], ...which: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return which
    .map((percent) => sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] as number)
    .map((ms) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0)))
    .join('/')
}
