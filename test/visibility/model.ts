import type { AccessRight } from '../../app/records/vocabularies.ts'
import { type Node, open, pathTo, visible } from '../support/tree.ts'

/**
 * What a history leaves, and what each actor may see of it: told once more, apart from the application, so that the two
 * can be held against each other.
 */
export interface World {
  /** Day (YYYY-MM-DD) where the institution is. */
  today: string
  items: Item[]
  /** Collections; an item lies in some of them by their index. */
  tree: Node[]
  /** Each collection's id, by its index. */
  collections: number[]
  /** Whether the scanner is gone: what comes then waits. */
  gone: boolean
}

export interface Item {
  source: string
  number: number
  title: string
  status: 'scheduled' | 'public' | 'withdrawn' | 'deleted'
  publicationDate: string
  /** What the record says of access, which counts where there are no files. */
  imported: { says: AccessRight | ''; until: string | null }
  /** Its own access, as it was at the last change. */
  access: { right: AccessRight; until: string | null }
  files: File[]
  /** Files of before too, which versions may hold. */
  everHeld: File[]
  /** What was made to be cited, the first first. */
  versions: { title: string; files: File[] }[]
  /** Every title that it has had. */
  titles: string[]
  lies: number[]
  wasPublic: boolean
  /** Whether harvesters have ever been able to get it. */
  wasHarvested: boolean
}

export interface File {
  /** Its address, where it lies elsewhere. */
  name: string
  access: 'open' | 'embargoed' | 'closed' | 'signed-in' | 'link'
  until: string | null
  /** Whether staff chose its access: later imports say nothing of it then. */
  decided: boolean
  /** What the scan says of it, and what it will say the next time; of a link, nothing. */
  scan: 'waiting' | 'clean' | 'infected' | 'unscannable' | 'released'
  told: 'clean' | 'infected' | 'unscannable'
  /** Whether it is to be looked at again. */
  again: boolean
  /** A number that no other file has. */
  serial: number
}

/** A file's bytes: a sentence that begins and ends with words that nothing else holds. */
export const contentOf = (file: File) => `${firstWord(file)} begins the letter that ends in ${lastWord(file)}`
export const firstWord = ({ serial }: File) => `zeal${serial}q`
export const lastWord = ({ serial }: File) => `mark${serial}q`

/** Whoever asks. */
export interface Actor {
  name: string
  token?: string
  /** Reads files for those who have signed in. */
  signedIn: boolean
  /** Sees what is to be published, and all files. */
  staff: boolean
}

/**
 * What a door shows of an item or a version of it. A door that does not speak of something leaves it out, and then it
 * is not compared.
 */
export interface Sight {
  shows?: 'item' | 'tombstone' | 'nothing'
  title?: string
  access?: AccessRight
  until?: string | null
  /** Names of its files, sorted; and of those whose addresses programs are given. */
  files?: string[]
  addresses?: string[]
  /** Names and access of files. */
  fileAccess?: string[]
  /** Names of files that the actor is led to. */
  readable?: string[]
  /** Files of which the actor gets the right bytes; of which none, though they are there; of which none yet. */
  bytes?: string[]
  refused?: string[]
  held?: string[]
  sets?: string[]
  /** Ids of the collections in which it is, and of those to which it leads, sorted. */
  collections?: number[]
  paths?: number[]
}

export const isStored = ({ access }: File) => access !== 'link'

/** Whether everybody may have a file's bytes, and so its text: what may be found by it. */
export const isOpenToAll = (world: World, file: File) => isPassed(file) && isOpen(world, file)

const isOpen = ({ today }: World, { access, until }: File) => access === 'open' && (until === null || until <= today)

/** Whether the scan lets a file go: until then it is nobody's. */
export const isPassed = ({ scan }: File) => scan === 'clean' || scan === 'released'

/** Whether an actor may have the bytes of a file, of an item that the actor may see. */
export const mayDownload = (world: World, actor: Actor, file: File) => isPassed(file) && isAllowed(world, actor, file)

const isAllowed = (world: World, actor: Actor, file: File) =>
  actor.staff || isOpen(world, file) || (file.access === 'signed-in' && actor.signedIn)

/** Readers do not know of what is infected. */
const knows = (actor: Actor, { scan }: File) => actor.staff || scan !== 'infected'

const isVisible = (actor: Actor, { status }: Item) => status === 'public' || (status === 'scheduled' && actor.staff)

/** What an actor sees at the address of an item, or of a version of it (from 1). */
export function atAddress(world: World, actor: Actor, item: Item, version?: number): Sight {
  if (item.status === 'withdrawn' || item.status === 'deleted')
    return item.wasPublic ? { shows: 'tombstone', title: item.title } : { shows: 'nothing' }
  const shown = version === undefined ? item : item.versions[version - 1]
  if (!isVisible(actor, item) || !shown) return { shows: 'nothing' }
  const { title } = shown
  const files = shown.files.filter((file) => knows(actor, file))
  const stored = files.filter(isStored)
  const allowed = stored.filter((file) => isAllowed(world, actor, file))
  const names = (some: File[]) => some.map(({ name }) => name).sort()
  return {
    shows: 'item',
    title,
    access: item.access.right,
    until: item.access.until,
    files: names(files),
    addresses: names(files.filter(isPassed)),
    fileAccess: files.map(({ name, access }) => `${name} ${access}`).sort(),
    readable: names(files.filter((file) => !isStored(file) || mayDownload(world, actor, file))),
    bytes: names(stored.filter((file) => mayDownload(world, actor, file))),
    refused: names(stored.filter((file) => !isAllowed(world, actor, file) || file.scan === 'infected')),
    held: names(allowed.filter(({ scan }) => scan === 'waiting' || scan === 'unscannable')),
    paths: idsOf(
      world,
      item.lies.filter((index) => mayEnter(world, actor, index)).flatMap((index) => pathTo(world.tree, index)),
    ),
  }
}

/** Whether an actor may know of a collection. */
export const mayEnter = ({ tree }: World, actor: Actor, index: number) => actor.staff || visible(tree, index)

const idsOf = ({ collections }: World, indexes: number[]) =>
  [...new Set(indexes)].map((index) => collections[index] as number).sort((a, b) => a - b)

/** In which collections everybody finds an item, whoever asks. */
export const inPublicCollections = (world: World, _: Actor, item: Item): Sight => inCollections(world, nobody, item)

/** In which collections an actor finds an item. */
export function inCollections(world: World, actor: Actor, item: Item): Sight {
  const found = isVisible(actor, item) ? item.lies.filter((index) => mayEnter(world, actor, index)) : []
  return { ...(found.length > 0 && { title: item.title }), collections: idsOf(world, found) }
}

/** What an actor sees in a list: no tombstones. */
export function inLists(world: World, actor: Actor, item: Item): Sight {
  const sight = atAddress(world, actor, item)
  return sight.shows === 'item' ? sight : { shows: 'nothing' }
}

/** What everybody sees in a list, whoever asks. */
export const inPublicLists = (world: World, _: Actor, item: Item): Sight => inLists(world, nobody, item)

const nobody: Actor = { name: 'nobody', signedIn: false, staff: false }

export const isHarvested = ({ tree }: World, { status, lies }: Item) =>
  status === 'public' && (lies.length === 0 || lies.some((index) => open(tree, index)))

/** What harvesters hear, whoever they are: what everybody may see of what is harvested; `deleted` is a tombstone. */
export function inHarvest(world: World, _: Actor, item: Item): Sight {
  if (!isHarvested(world, item)) return { shows: item.wasHarvested ? 'tombstone' : 'nothing' }
  const through = item.lies.filter((index) => open(world.tree, index)).flatMap((index) => pathTo(world.tree, index))
  const sets = [...new Set(through)].map((index) => String(world.collections[index])).sort()
  return { ...atAddress(world, nobody, item), sets }
}

/** What follows from a change of an item: what has come due takes effect, and access is derived. */
export function revise(world: World, item: Item): void {
  const { today } = world
  if (item.status === 'scheduled' && item.publicationDate <= today) item.status = 'public'
  for (const file of item.everHeld)
    if (file.access === 'embargoed' && file.until !== null && file.until <= today) file.access = 'open'
  item.access = accessOf(item, today)
  if (item.status === 'public') item.wasPublic = true
}

/** What follows once the scanner is there: what waits is looked at, and what is to be looked at again. */
export function scanned({ items, gone }: World): void {
  if (gone) return
  for (const file of items.flatMap(({ everHeld }) => everHeld)) {
    if (file.scan !== 'waiting' && !file.again) continue
    file.again = false
    if (file.scan !== 'released' || file.told !== 'unscannable') file.scan = file.told
  }
}

function accessOf({ files, imported }: Item, today: string): Item['access'] {
  if (files.some(({ access }) => access === 'open' || access === 'link')) return { right: 'open access', until: null }
  const ends = files.flatMap(({ access, until }) => (access === 'embargoed' ? (until ?? []) : [])).sort()
  if (ends[0] !== undefined) return { right: 'embargoed access', until: ends[0] }
  if (files.length > 0) return { right: 'restricted access', until: null }
  if (imported.says !== 'embargoed access') return { right: imported.says || 'metadata only access', until: null }
  if (imported.until !== null && imported.until > today) return { right: imported.says, until: imported.until }
  return { right: 'metadata only access', until: null }
}

/** A day some days after another. */
export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
