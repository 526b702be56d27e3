import { sql } from 'kysely'
import { askForScans } from '../../app/scan/index.ts'
import { type Depositor, minimal, minimalXml } from '../support/depositor.ts'
import type { Institutions } from '../support/institutions.ts'
import { fc } from '../support/property.ts'
import type { ToldScanner } from '../support/told-scanner.ts'
import { pathTo } from '../support/tree.ts'
import {
  contentOf,
  dayAfter,
  type File,
  type Item,
  isHarvested,
  isStored,
  revise,
  scanned,
  type World,
} from './model.ts'

/** One thing that happens to an institution. What it cannot do where things stand is left undone. */
export interface Step {
  kind: (typeof KINDS)[number]
  /** Which item, which collections. */
  item: number
  among: number[]
  collection: number
  above: number | null
  flags: { public: boolean; harvested: boolean }
  /** Days ahead: of a publication, of an embargo's end, of the clock. */
  days: number
  /** What a record says of its access, and what files come with it. */
  says: 'open access' | 'embargoed access' | 'restricted access' | ''
  files: { name: string; fresh: boolean }[]
  link: boolean
  /** Which file is given which access by staff. */
  file: string
  access: 'open' | 'embargoed' | 'signed-in' | 'closed'
  /** Whether the worker goes its round once the clock has moved. */
  round: boolean
  /** What the scan will say of the files that come, or of the file. */
  told: File['told']
}

const KINDS = [
  ...([
    'import',
    'import',
    'import ahead',
    'import again',
    'import again',
    'access',
    'access',
    'hide',
    'show',
  ] as const),
  ...(['withdraw', 'restore', 'delete', 'version', 'version', 'put', 'flags', 'move', 'wait', 'wait', 'wait'] as const),
  ...(['scan', 'scan', 'release', 'scanner gone', 'scanner back'] as const),
] as const

/** Collections, at first below each other like this, all public and harvested. */
export const TREE = [null, 0, null]
const NAMES = ['a.txt', 'b.txt']
const ELSEWHERE = 'https://elsewhere.example/thesis'

export const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  item: fc.nat(3),
  among: fc.uniqueArray(fc.nat(TREE.length - 1), { maxLength: 2 }),
  collection: fc.nat(TREE.length - 1),
  above: fc.option(fc.nat(TREE.length - 1)),
  flags: fc.record({ public: fc.boolean(), harvested: fc.boolean() }),
  days: fc.integer({ min: 1, max: 3 }),
  says: fc.constantFrom('open access', 'embargoed access', 'embargoed access', 'restricted access', ''),
  files: fc.uniqueArray(fc.record({ name: fc.constantFrom(...NAMES), fresh: fc.boolean() }), {
    selector: ({ name }) => name,
  }),
  link: fc.nat(3).map((one) => one === 0),
  file: fc.constantFrom(...NAMES),
  access: fc.constantFrom('open', 'embargoed', 'signed-in', 'closed'),
  round: fc.boolean(),
  told: fc.constantFrom('clean', 'clean', 'clean', 'clean', 'infected', 'unscannable'),
})

const quiet: Step = {
  kind: 'wait',
  item: 0,
  among: [],
  collection: 0,
  above: null,
  flags: { public: true, harvested: true },
  days: 1,
  says: '',
  files: [],
  link: false,
  file: 'a.txt',
  access: 'closed',
  round: false,
  told: 'clean',
}
const [a, b] = NAMES.map((name) => ({ name, fresh: true })) as [Step['files'][0], Step['files'][0]]

/** A history with one of each: chance alone would seldom lead to some of them. */
export const told: Step[] = [
  // 0: of its files a version holds one that it has no more, and staff has closed it since.
  { ...quiet, kind: 'import', files: [a, b] },
  { ...quiet, kind: 'version' },
  { ...quiet, kind: 'import again', files: [a] },
  { ...quiet, kind: 'access', file: 'b.txt', access: 'closed' },
  { ...quiet, kind: 'access', file: 'a.txt', access: 'signed-in' },
  // 1: embargoed, and then hidden again, so that harvesters know of it and readers do not.
  { ...quiet, kind: 'import', files: [a], says: 'embargoed access', days: 2 },
  { ...quiet, kind: 'hide', item: 1, days: 3 },
  // 2: never public, and withdrawn.
  { ...quiet, kind: 'import ahead', files: [a, b], says: 'restricted access', days: 3 },
  { ...quiet, kind: 'withdraw', item: 2 },
  // 3: in a collection below one that is closed; 4 is in one that moves below it.
  { ...quiet, kind: 'import', says: 'restricted access', link: true },
  { ...quiet, kind: 'put', item: 3, among: [1] },
  { ...quiet, kind: 'flags', collection: 0, flags: { public: true, harvested: false } },
  { ...quiet, kind: 'import', files: [a], says: 'embargoed access', days: 1 },
  { ...quiet, kind: 'put', item: 4, among: [2] },
  { ...quiet, kind: 'move', collection: 2, above: 0 },
  // 5: deleted, with its files and a version of them.
  { ...quiet, kind: 'import', files: [a, b] },
  { ...quiet, kind: 'version', item: 5 },
  { ...quiet, kind: 'delete', item: 5 },
  // 6: infected, and a version of it; 7: one that could not be looked into and was let go, and one that was not.
  { ...quiet, kind: 'import', files: [a, b], told: 'infected' },
  { ...quiet, kind: 'version', item: 6 },
  { ...quiet, kind: 'import', files: [a, b], told: 'unscannable' },
  { ...quiet, kind: 'release', item: 7, file: 'a.txt' },
  // 8: clean, and infected by what is known later; 9: taken for infected, and not by what is known later.
  { ...quiet, kind: 'import', files: [a, b] },
  { ...quiet, kind: 'scan', item: 8, told: 'infected' },
  { ...quiet, kind: 'import', files: [a], told: 'infected' },
  { ...quiet, kind: 'scan', item: 9 },
  // 10: to be published on the day that comes, but for the worker's round.
  { ...quiet, kind: 'import ahead', files: [a], days: 1 },
  { ...quiet, kind: 'wait', days: 1, round: false },
  // 11: nobody looks at it for the time being, and a version is made of that.
  { ...quiet, kind: 'scanner gone' },
  { ...quiet, kind: 'import', files: [a, b] },
  { ...quiet, kind: 'version', item: 11 },
]

/**
 * Has texts of files known from the moment in which they are stored, as if they had been read: what reads them in a
 * process of its own takes its time, and is tested where it is.
 */
export const readAtOnce = (kura: Institutions, id: string) =>
  kura.asSuperuser(
    id,
    `create table told_text (sha256 bytea primary key, text text not null);
     grant insert on told_text to public;
     create function tell_text() returns trigger language plpgsql security definer as $$
     begin
       insert into file_text (file, state, text)
       select new.id, 'read', text from told_text where told_text.sha256 = new.sha256;
       return new;
     end $$;
     create trigger tell_text after insert on file for each row execute function tell_text();`,
  )
const tellText = (kura: Institutions, id: string, text: string) =>
  sql`insert into told_text values (sha256(${text}::text::bytea), ${text}) on conflict do nothing`.execute(
    kura.tenant(id).db,
  )

/** A history under way: what was done to the institution, and the model that follows it. */
export interface History {
  kura: Institutions
  id: string
  staff: Depositor
  scanner: ToldScanner
  /** Stands in the title of each of its items. */
  word: string
  world: World
}

let serial = 0

/** Takes a step, at the institution and in the model. */
export async function take({ kura, id, staff, scanner, word, world }: History, given: Step): Promise<void> {
  const { items, tree, collections, today } = world
  const item = items[given.item % Math.max(1, items.length)]
  const isLive = item?.status === 'public' || item?.status === 'scheduled'
  const ahead = dayAfter(today, given.days)
  const patch = async (body: object) =>
    must(200, staff.api(`/items/${item?.number}`, 'PATCH', body, { 'if-match': '*' }))

  switch (given.kind) {
    case 'import':
    case 'import ahead': {
      const made = nameless(`${word}-${items.length}.xml`, given.kind === 'import' ? today : ahead)
      // Only a line says when to publish; the archive that follows brings the files.
      if (given.kind === 'import ahead')
        await staff.lines({ source: made.source, record: minimal(word), publicationDate: ahead })
      await bring(made)
      items.push(made)
      break
    }
    case 'import again':
      if (item && isLive) await bring(item)
      break
    case 'access': {
      const files = item?.everHeld.filter((file) => isStored(file) && file.name === given.file) ?? []
      if (!item || !isLive || files.length === 0) break
      const until = given.access === 'embargoed' ? ahead : null
      await patch({ files: [{ name: given.file, access: given.access, ...(until && { until }) }] })
      for (const file of files) Object.assign(file, { access: given.access, until, decided: true })
      revise(world, item)
      break
    }
    case 'hide':
    case 'show':
      if (!item || !isLive) break
      item.publicationDate = given.kind === 'hide' ? ahead : today
      item.status = 'scheduled'
      await patch({ publicationDate: item.publicationDate })
      revise(world, item)
      break
    case 'withdraw':
      if (!item || !isLive) break
      await must(204, staff.api(`/items/${item.number}/withdrawal`, 'POST', { reason: 'by mistake' }))
      item.status = 'withdrawn'
      revise(world, item)
      break
    case 'restore':
      if (item?.status !== 'withdrawn') break
      await must(204, staff.api(`/items/${item.number}/withdrawal`, 'DELETE'))
      item.status = 'scheduled'
      revise(world, item)
      break
    case 'delete':
      if (!item || item.status === 'deleted') break
      await must(204, staff.api(`/items/${item.number}`, 'DELETE'))
      item.status = 'deleted'
      revise(world, item)
      break
    case 'version': {
      if (!item || !isLive) break
      // Where nothing has changed since the last, there is none to be made.
      const { status } = await staff.api(`/items/${item.number}/versions`, 'POST')
      if (status === 201) item.versions.push({ title: item.title, files: [...item.files] })
      break
    }
    case 'put':
      if (!item) break
      item.lies = given.among
      await must(
        204,
        staff.api(`/items/${item.number}/collections`, 'PUT', {
          collections: given.among.map((index) => collections[index]),
        }),
      )
      break
    case 'flags':
      Object.assign(tree[given.collection] as object, given.flags)
      await must(200, staff.api(`/collections/${collections[given.collection]}`, 'PATCH', given.flags))
      break
    case 'move': {
      if (pathTo(tree, given.above).includes(given.collection)) break
      const parent = given.above === null ? null : collections[given.above]
      await must(200, staff.api(`/collections/${collections[given.collection]}`, 'PATCH', { parent }))
      Object.assign(tree[given.collection] as object, { parent: given.above })
      break
    }
    case 'scan': {
      const file = item?.everHeld.findLast((file) => isStored(file) && file.name === given.file)
      if (!file) break
      file.told = given.told
      file.again = true
      scanner.tell(contentOf(file), given.told)
      await sql`update scan set due = true where sha256 = sha256(${contentOf(file)}::text::bytea)`.execute(
        kura.tenant(id).db,
      )
      await askForScans(kura.tenant(id))
      break
    }
    case 'release': {
      const file = item?.files.find((file) => isStored(file) && file.name === given.file)
      if (!item || !isLive || !file) break
      await must(
        file.scan === 'unscannable' ? 204 : 409,
        staff.api(`/items/${item.number}/releases`, 'POST', { name: file.name }),
      )
      if (file.scan === 'unscannable') file.scan = 'released'
      break
    }
    case 'scanner gone':
    case 'scanner back':
      world.gone = given.kind === 'scanner gone'
      scanner.gone = world.gone
      break
    case 'wait':
      world.today = ahead
      kura.clock.set(`${ahead}T12:00:00+09:00`)
      if (!given.round) break
      await kura.round(id)
      for (const each of items) if (each.status === 'public' || each.status === 'scheduled') revise(world, each)
      break
  }
  await scanNow(kura, id)
  scanned(world)
  for (const each of items) each.wasHarvested ||= isHarvested(world, each)

  /** Imports a record with the files of this step, and makes it and them the item's. */
  async function bring(to: Item) {
    to.title = `${word} titled${serial++}x`
    const until = given.says === 'embargoed access' ? ahead : null
    const access =
      ({ '': 'open', 'open access': 'open', 'restricted access': 'closed' } as const)[given.says as ''] ?? 'embargoed'
    const stored = given.files.map(({ name, fresh }): File => {
      const known = to.files.find((file) => file.name === name)
      const rights = known?.decided ? {} : { access, until }
      if (known && !fresh) return Object.assign(known, rights)
      const inherited = known
        ? { access: known.access, until: known.until, decided: known.decided }
        : { decided: false }
      const scan = { scan: 'waiting', told: given.told, again: false } as const
      return { name, serial: serial++, access, until, ...scan, ...inherited, ...rights }
    })
    const link: File = {
      ...{ name: ELSEWHERE, serial: -1, access: 'link', until: null, decided: false },
      ...{ scan: 'clean', told: 'clean', again: false },
    }
    const xml = minimalXml(to.title, {
      access: given.says,
      // A person and a subject of that name, so that lists of them speak of the item.
      names: `<jpcoar:creator><jpcoar:creatorName xml:lang="en">${to.title}</jpcoar:creatorName></jpcoar:creator>
        <jpcoar:subject xml:lang="en" subjectScheme="Other">${to.title}</jpcoar:subject>`,
      dates: until ? `<datacite:date dateType="Available">${until}</datacite:date>` : '',
      files: given.link ? `<jpcoar:file><jpcoar:URI>${ELSEWHERE}</jpcoar:URI></jpcoar:file>` : '',
    })
    const folder = to.source.replace('.xml', '')
    for (const file of stored) {
      await tellText(kura, id, contentOf(file))
      scanner.tell(contentOf(file), file.told)
    }
    const [outcome] = await staff.zip({
      [to.source]: xml,
      ...Object.fromEntries(stored.map((file) => [`${folder}/${file.name}`, contentOf(file)])),
    })
    if (!outcome || outcome.status === 'rejected') throw new Error(`refused: ${JSON.stringify(outcome)}`)
    to.number = outcome.item.number
    to.titles.push(to.title)
    to.imported = { says: given.says, until }
    to.files = [...stored, ...(given.link ? [link] : [])]
    to.everHeld = [...new Set([...to.everHeld, ...to.files])]
    revise(world, to)
  }
}

/** Has whatever is to be scanned be scanned now, where the scanner is there, and waits for what follows. */
export async function scanNow(kura: Institutions, id: string): Promise<void> {
  await kura.settle()
  await sql`update outbox set due = now() where work = 'scan'`.execute(kura.tenant(id).db)
  kura.tenant(id).handOn()
  await kura.settle()
}

const nameless = (source: string, publicationDate: string): Item => ({
  source,
  number: 0,
  title: '',
  titles: [],
  status: 'scheduled',
  publicationDate,
  imported: { says: '', until: null },
  access: { right: 'metadata only access', until: null },
  files: [],
  everHeld: [],
  versions: [],
  lies: [],
  wasPublic: false,
  wasHarvested: false,
})

async function must(status: number, response: Promise<Response>) {
  const answer = await response
  if (answer.status !== status) throw new Error(`${answer.status} ${await answer.text()}`)
}
