import { inspectRoutes } from 'hono/dev'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanAgain } from '../app/scan/index.ts'
import { unzip } from './support/archive.ts'
import { type Depositor, depositor, jsonOf } from './support/depositor.ts'
import { harvester } from './support/harvester.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { fc, timeout, tried } from './support/property.ts'
import { ToldScanner } from './support/told-scanner.ts'
import { type Door, doors, noDoors, searchPages, visitor } from './visibility/doors.ts'
import { type History, readAtOnce, type Step, scanNow, step, TREE, take, told } from './visibility/history.ts'
import {
  type Actor,
  atAddress,
  contentOf,
  dayAfter,
  firstWord,
  isOpenToAll,
  isPassed,
  isStored,
  lastWord,
  mayDownload,
  mayEnter,
  type Sight,
  scanned,
  type World,
} from './visibility/model.ts'

/** Whichever way an institution is looked at, one and the same is seen by one and the same actor. */

let kura: Institutions
const scanner = new ToldScanner()
let id: string
let staff: Depositor
let actors: Actor[]
/** The token of who may take everything along. */
let mover: string
const collections: number[] = []

beforeAll(async () => {
  kura = await openInstitutions(['doors'], undefined, {}, undefined, scanner)
  id = kura.ids[0] as string
  await readAtOnce(kura, id)
  mover = await kura.token(id, 'transfer')
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  for (const index of TREE.keys())
    collections.push(
      (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: collectionName(index) } }))).id,
    )
  actors = [
    { name: 'anonymous', signedIn: false, staff: false },
    { name: 'files:read', signedIn: true, staff: false, token: await kura.token(id, 'files:read') },
    { name: 'import', signedIn: false, staff: false, token: await kura.token(id, 'import') },
    { name: 'items:write', signedIn: false, staff: true, token: await kura.token(id, 'items:write') },
  ]
})
afterAll(() => kura.close())

const collectionName = (index: number) => `gathering${index}g`

let histories = 0

/** Begins a history of its own at the institution, some weeks after the one before. */
async function begin(): Promise<History> {
  const today = dayAfter('2030-01-01', 40 * histories)
  kura.clock.set(`${today}T12:00:00+09:00`)
  const tree = TREE.map((parent) => ({ parent, public: true, harvested: true }))
  for (const collection of collections)
    await staff.api(`/collections/${collection}`, 'PATCH', { parent: null, public: true, harvested: true })
  for (const [index, above] of TREE.entries())
    if (above !== null) await staff.api(`/collections/${collections[index]}`, 'PATCH', { parent: collections[above] })
  scanner.gone = false
  const world: World = { today, items: [], tree, collections, gone: false }
  return { kura, id, staff, scanner, word: `history${histories++}h`, world }
}

/** What of a sight a door speaks of. */
const asFarAs = (said: Sight, expected: Sight): Sight =>
  Object.fromEntries(Object.keys(said).map((key) => [key, expected[key as keyof Sight]]))

/** Goes to every door as every actor, and says where what is seen is not what may be seen. */
async function disagreements({ word, world }: History, since: string): Promise<string[]> {
  const wrong: string[] = []
  for (const actor of actors) {
    for (const door of doors) {
      const visit = visitor(kura, { id, actor, word, since, collections })
      const see = await door.look(visit)
      for (const item of world.items) {
        const versions = door.versions
          ? [undefined, ...item.versions.map((_, i) => i + 1), item.versions.length + 1]
          : [undefined]
        for (const version of versions) {
          const seen = await see(item, version)
          const expected = asFarAs(seen, door.expected(world, actor, item, version))
          const asked = `${actor.name} at ${door.name}: ${item.source}${version ? ` version ${version}` : ''}`
          if (!isSame(seen, expected)) wrong.push(`${asked}: ${JSON.stringify({ seen, expected })}`)
        }
      }
      wrong.push(...leaks(world, actor, door, visit.heard.join('\n')))
    }
    wrong.push(...(await foundByText(world, actor)))
  }
  return wrong
}

const isSame = (seen: Sight, expected: Sight) =>
  Object.entries(seen).every(([key, value]) => JSON.stringify(value) === JSON.stringify(expected[key as keyof Sight]))

/** What stands anywhere in a door's answers without being the actor's to know. */
function leaks(world: World, actor: Actor, door: Door, heard: string): string[] {
  const who = `${actor.name} at ${door.name}`
  const closed = [...world.tree.keys()].filter((index) => !mayEnter(world, actor, index))
  const named = closed.map(collectionName).filter((name) => heard.includes(name))
  if (named.length > 0) return named.map((name) => `${who} hears of ${name}`)
  return world.items.flatMap((item) => {
    const hidden = atAddress(world, actor, item).shows === 'nothing'
    const titles = item.titles.filter((title) => hidden && heard.includes(title))
    const texts = item.everHeld.filter((file) => {
      const allowed = door.files ? mayDownload(world, actor, file) : isOpenToAll(world, file)
      return (
        isStored(file) && (hidden || !allowed) && (heard.includes(firstWord(file)) || heard.includes(lastWord(file)))
      )
    })
    return [
      ...titles.map((title) => `${who} hears of ${title}`),
      ...texts.map(({ name }) => `${who} hears from ${name} of ${item.source}`),
    ]
  })
}

/** Text of files that not everybody may have finds nothing, whoever asks, and shows nothing. */
async function foundByText(world: World, actor: Actor): Promise<string[]> {
  const wrong: string[] = []
  for (const item of world.items) {
    for (const file of item.everHeld.filter(isStored)) {
      const visit = visitor(kura, { id, actor, word: '', since: '', collections })
      const found = await searchPages(visit, firstWord(file))
      const isOpen =
        isOpenToAll(world, file) && item.files.includes(file) && atAddress(world, actor, item).shows === 'item'
      if (isOpen) continue
      const where = `${actor.name} by the text of ${file.name} of ${item.source}`
      if (found.size > 0) wrong.push(`${where}: finds ${[...found.keys()]}`)
      if (visit.heard.join().includes(lastWord(file))) wrong.push(`${where}: reads it`)
    }
  }
  return wrong
}

/** Who may not take everything gets nothing; and of everything, the crate shows others what everybody may see. */
async function exported({ world }: History): Promise<string[]> {
  const wrong: string[] = []
  const ask = (token: string | undefined) =>
    kura.request(id, '/api/v1/export', { headers: token ? { authorization: `Bearer ${token}` } : {} })
  for (const actor of actors) {
    const { status } = await ask(actor.token)
    if (status !== (actor.token ? 403 : 401)) wrong.push(`${actor.name} asks for the export: ${status}`)
  }
  const files = await unzip(new Uint8Array(await (await ask(mover)).arrayBuffer()))
  const all = Buffer.concat([...files.values()]).toString()
  for (const file of world.items.flatMap(({ everHeld }) => everHeld))
    if (file.scan === 'infected' && all.includes(firstWord(file))) wrong.push(`the export holds ${file.name}, infected`)
  const [, crate] = [...files].find(([path]) => path.endsWith('/data/ro-crate-metadata.json')) as [string, Buffer]
  const named = new Map<string, string>(
    JSON.parse(crate.toString())['@graph'].map((entity: { url?: string; name?: string }) => [entity.url, entity.name]),
  )
  for (const item of world.items) {
    const sight = atAddress(world, actors[0] as Actor, item)
    const shown = named.get(`https://${id}.example/items/${item.number}`)
    if (shown !== (sight.shows === 'item' ? sight.title : undefined))
      wrong.push(`the export's crate shows of ${item.source}: ${shown}, and not ${JSON.stringify(sight)}`)
  }
  return wrong
}

/** Has the scanner come back and find nothing in what waits: before that, nothing is taken along. */
async function endWaiting({ world }: History) {
  const held = world.items.flatMap(({ everHeld }) => everHeld).filter((file) => isStored(file) && !isPassed(file))
  for (const file of held.filter(({ scan }) => scan !== 'infected')) {
    file.told = 'clean'
    file.again = true
    scanner.tell(contentOf(file), 'clean')
  }
  world.gone = scanner.gone = false
  await scanAgain(kura.tenant(id))
  await scanNow(kura, id)
  scanned(world)
}

/** Goes through a history, looking round at its end and wherever it is long enough. */
async function live(steps: Step[]): Promise<string[]> {
  const history = await begin()
  const since = (await harvester(kura, id).ask({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' })).responseDate
  for (const [index, each] of steps.entries()) {
    await take(history, each)
    if (index % 12 === 11 && index < steps.length - 1) {
      const wrong = await disagreements(history, since)
      if (wrong.length > 0) return wrong
    }
  }
  const wrong = await disagreements(history, since)
  await endWaiting(history)
  return [...wrong, ...(await exported(history))]
}

describe('what an actor sees', () => {
  it(
    'is the same at every door in a history with one of each',
    async () => {
      expect(await live(told)).toEqual([])
    },
    timeout(60),
  )

  it(
    'is the same at every door, whatever came before',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), async (steps) => {
          expect(await live(steps)).toEqual([])
        }),
        tried('visibility', 7, 60),
      )
    },
    timeout(60),
  )
})

it('knows the texts that nobody may find', async () => {
  const { rows } = await sql<{
    read: number
  }>`select count(*)::integer as read from file_text where state = 'read'`.execute(kura.tenant(id).db)
  expect(rows[0]?.read).toBeGreaterThan(told.length / 4)
})

it('is known of every route that is read by: each is a door, or has a reason to be none', () => {
  const read = inspectRoutes(kura.app)
    .filter(({ isMiddleware, method }) => !isMiddleware && method === 'GET')
    .map(({ method, path }) => `${method} ${path}`)
  const named = [...new Set(doors.flatMap(({ routes }) => routes)), ...Object.keys(noDoors)]
  expect(read.sort()).toEqual(named.sort())
})
