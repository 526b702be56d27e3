import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { eachOf } from '../../app/platform/each.ts'
import { BUCKET } from '../services/s3.ts'
import { readOai } from '../support/harvester.ts'
import { ask, jsonIn } from './client.ts'
import { fileWord, type Ledger, type State, titleWord } from './ledger.ts'
import type { Stage } from './stage.ts'

/** What was found that should not be, each in a sentence. */
export interface Differences {
  /** Acknowledged, and not there. */
  lost: string[]
  /** There more than once. */
  doubled: string[]
  /** There in part. */
  half: string[]
  /** In the index, the objects or the harvest otherwise than in the database. */
  apart: string[]
}

interface Item {
  number: number
  key: string
  title: string
  status: State['status']
  revision: number
  identifier: string | null
  revisions: number
  published: 'public' | 'deleted' | null
  files: { name: string; object: string | null; size: number | null; sha256: string | null; text: string | null }[]
}

/** Holds all that was acknowledged against database, index, objects and harvest, when nothing is under way any more. */
export async function compare(stage: Stage, ledger: Ledger): Promise<Differences> {
  const found: Differences = { lost: [], doubled: [], half: [], apart: [] }
  const items = await readItems(stage)
  compareItems(ledger, items, found)
  lookWithin(items, found)
  await compareObjects(stage, items, found)
  await compareIndex(stage, items, found)
  await compareHarvest(stage, items, found)
  await comparePages(stage, items, found)
  return found
}

const readItems = (stage: Stage) =>
  stage.query<Item>(`
    select number, record->'subjects'->0->>'value' as key, record->'titles'->0->>'value' as title, status, revision,
      oai_identifier as identifier,
      (select count(*)::integer from revision where item = number) as revisions,
      (select state from publication where publication.item = number) as published,
      (select coalesce(json_agg(json_build_object('name', name, 'object', object, 'size', size,
                'sha256', encode(sha256, 'hex'), 'text', text) order by name), '[]')
       from file left join file_text on file_text.file = file.id where item = number and current) as files
    from item order by number`)

/** Each change that was acknowledged is there once; one of which nothing is known is there whole, or not at all. */
function compareItems(ledger: Ledger, items: Item[], { lost, doubled }: Differences) {
  const byKey = Map.groupBy(items, ({ key }) => key)
  for (const { key, number, possible } of ledger.entries) {
    const [item, ...others] = byKey.get(key) ?? []
    byKey.delete(key)
    if (others.length > 0) doubled.push(`${key} is ${others.length + 1} items`)
    if (
      possible.some((state) => isDeepStrictEqual(item && stateOf(item), state)) &&
      (!item || !number || item.number === number)
    )
      continue
    const most = Math.max(...possible.map((state) => state?.revision ?? 0))
    const where = item && item.revision > most ? doubled : lost
    where.push(`${key} (item ${number}) is ${JSON.stringify(item && stateOf(item))}, not ${JSON.stringify(possible)}`)
  }
  for (const key of byKey.keys()) doubled.push(`nobody deposited ${key}`)
}

function stateOf({ key, title, status, revision, files }: Item): State {
  const edition = Number(title.split(`${key}e`)[1])
  const kept = status === 'deleted' ? [] : files
  return { edition, status, revision, files: Object.fromEntries(kept.map(({ name, sha256 }) => [name, sha256 ?? ''])) }
}

/** What belongs together in the database is there together. */
function lookWithin(items: Item[], { half }: Differences) {
  for (const { number, status, revision, revisions, published, files } of items) {
    if (revisions !== revision) half.push(`item ${number} is at revision ${revision} and has ${revisions}`)
    const wanted = status === 'public' ? 'public' : 'deleted'
    if (published !== wanted) half.push(`item ${number} is ${status}, and ${published} to harvesters`)
    for (const { name, object, text } of status === 'deleted' ? [] : files) {
      if (object === null) half.push(`file ${name} of item ${number} has no bytes`)
      if (name.endsWith('.txt') && !text) half.push(`file ${name} of item ${number} has not been read`)
    }
  }
}

/** Each file's bytes are there, and nothing else that is not noted as to be removed. */
async function compareObjects(stage: Stage, items: Item[], { half, apart }: Differences) {
  const prefix = `${stage.tenant}/`
  const kept = new Set<string>()
  for await (const { Contents = [] } of paginateListObjectsV2({ client: stage.s3 }, { Bucket: BUCKET, Prefix: prefix }))
    for (const { Key = '' } of Contents) kept.add(Key.slice(prefix.length))
  const files = items.flatMap((item) => item.files.map((file) => ({ ...file, item: item.number })))
  await eachOf(files, 4, async ({ item, name, object, sha256 }) => {
    if (object === null) return
    const { Body } = await stage.s3
      .send(new GetObjectCommand({ Bucket: BUCKET, Key: prefix + object }))
      .catch(() => ({ Body: undefined }))
    const bytes = await Body?.transformToByteArray()
    if (!bytes) half.push(`the bytes of ${name} of item ${item} are gone`)
    else if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      half.push(`the bytes of ${name} of item ${item} are others`)
  })
  const rows = await stage.query<{ object: string }>(
    'select object from file where object is not null union select object from unclaimed_object',
  )
  for (const { object } of rows) kept.delete(object)
  for (const object of kept) apart.push(`object ${object} belongs to nothing`)
}

/** Searching lists all that is public and nothing else, as it stands; and finds it by what it says now alone. */
async function compareIndex(stage: Stage, items: Item[], { apart }: Differences) {
  const listed: { number: number; title: string }[] = []
  let path: string | undefined = '/api/v1/search?size=100&facets=false'
  while (path !== undefined) {
    const { results, next } = await search(stage, path)
    listed.push(...results.map(({ number, titles }) => ({ number, title: titles[0]?.value ?? '' })))
    path = next && pathOf(next)
  }
  const wanted = items.filter(({ status }) => status === 'public').map(({ number, title }) => ({ number, title }))
  listed.sort((a, b) => a.number - b.number)
  if (!isDeepStrictEqual(listed, wanted)) apart.push(`search lists ${difference(listed, wanted)}`)
  await eachOf(items, 4, async ({ number, key, title, status, files }) => {
    // In quotation marks: in no other form than the one that was written.
    const finds = async (word: string) =>
      (await search(stage, `/api/v1/search?q=%22${word}%22&facets=false`)).results.map((result) => result.number)
    const now = status === 'public' ? [number] : []
    const edition = Number(title.split(`${key}e`)[1])
    const words: [string, number[]][] = [
      [key, now],
      [titleWord(key, edition), now],
      ...(edition > 1 ? [[titleWord(key, edition - 1), []] satisfies [string, number[]]] : []),
    ]
    const said = files.find((file) => file.name === 'words.txt')?.text
    if (said) words.push([/\S+f\d+/.exec(said)?.[0] ?? fileWord(key, 0), now])
    for (const [word, expected] of words) {
      const numbers = await finds(word)
      if (!isDeepStrictEqual(numbers, expected)) apart.push(`searching ${word} finds ${numbers}, not ${expected}`)
    }
  })
}

async function search(stage: Stage, path: string) {
  const answer = await ask(stage.web, { path })
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status} ${answer.body}`)
  return jsonIn<{ results: { number: number; titles: { value: string }[] }[]; next?: string }>(answer)
}

/** A whole harvest has each item once, deleted where it is not public. */
async function compareHarvest(stage: Stage, items: Item[], { apart, doubled }: Differences) {
  const heard = new Map<string, string>()
  for (let query = '&metadataPrefix=oai_dc'; ; ) {
    const { status, body } = await ask(stage.web, { path: `/oai?verb=ListRecords${query}` })
    if (status !== 200) throw new Error(`a harvest was answered ${status} ${body}`)
    const page = readOai(body.toString('utf8'))
    for (const { identifier, deleted, title } of page.heard) {
      if (heard.has(identifier)) doubled.push(`a harvest has ${identifier} twice`)
      heard.set(identifier, deleted ? 'deleted' : (title ?? ''))
    }
    if (!page.token) break
    query = `&resumptionToken=${encodeURIComponent(page.token)}`
  }
  const wanted = new Map(
    items.map(({ identifier, status, title }) => [identifier, status === 'public' ? title : 'deleted']),
  )
  for (const [identifier, title] of wanted)
    if (heard.get(identifier ?? '') !== title)
      apart.push(`a harvest says ${heard.get(identifier ?? '')} of ${identifier}, not ${title}`)
  for (const identifier of heard.keys()) if (!wanted.has(identifier)) apart.push(`a harvest has ${identifier}`)
}

/** Readers get what stands in the database: pages of results, of items, and files. */
async function comparePages(stage: Stage, items: Item[], { apart }: Differences) {
  await eachOf(items, 4, async ({ number, key, title, status, files }) => {
    const page = await ask(stage.web, { path: `/items/${number}` })
    const shown = page.status === 200 && page.body.includes(title)
    if (status === 'public' ? !shown : page.status !== 410)
      apart.push(`the page of item ${number} answers ${page.status}`)
    const results = await ask(stage.web, { path: `/search?q=%22${key}%22` })
    const links = results.body.includes(`/items/${number}"`)
    if (results.status !== 200 || links !== (status === 'public'))
      apart.push(`the page of results for ${key} ${links ? 'has' : 'lacks'} item ${number}, which is ${status}`)
    if (status === 'public')
      for (const { name, sha256 } of files) {
        const file = await ask(stage.web, { path: `/items/${number}/files/${name}` })
        if (createHash('sha256').update(file.body).digest('hex') !== sha256)
          apart.push(`file ${name} of item ${number} answers ${file.status}`)
      }
  })
}

const pathOf = (url: string) => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** A few of those that one list has and the other has not. */
function difference<T>(left: T[], right: T[]): string {
  const without = (a: T[], b: T[]) => {
    const others = new Set(b.map((each) => JSON.stringify(each)))
    return a.map((each) => JSON.stringify(each)).filter((each) => !others.has(each))
  }
  const [more, less] = [without(left, right), without(right, left)]
  return `${more.length} too many (${more.slice(0, 3)}) and ${less.length} too few (${less.slice(0, 3)})`
}
