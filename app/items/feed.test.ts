import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../test/support/depositor.ts'
import { type Heard, harvester } from '../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { fc } from '../../test/support/property.ts'
import { type Node, open, pathTo } from '../../test/support/tree.ts'

let kura: Institutions
let id: string
let staff: Depositor
/** The collections, and in which of them each lies before anything is done. */
const collections: number[] = []
const TREE = [null, 0, 1, null, 3, 0]

beforeAll(async () => {
  kura = await openInstitutions(['feed'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  for (const i of TREE.keys()) collections.push((await jsonOf<{ id: number }>(make(i))).id)
})
afterAll(() => kura.close())

const make = (i: number) => staff.api('/collections', 'POST', { name: { ja: `集${i}` } })

/** What the model knows of an item. */
interface Item {
  number: number
  title: string
  status: 'public' | 'scheduled' | 'withdrawn' | 'deleted'
  /** Indexes of its collections. */
  lies: number[]
  /** Whether harvesters have ever been able to get it. */
  known: boolean
}

interface Model {
  round: string
  items: Item[]
  tree: Node[]
}

interface Step {
  kind: 'import' | 'edit' | 'hide' | 'show' | 'withdraw' | 'restore' | 'delete' | 'put' | 'move' | 'flags' | 'harvest'
  item: number
  among: number[]
  collection: number
  above: number | null
  public: boolean
  harvested: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind'][]>(
    ...(['import', 'import', 'import', 'edit', 'hide', 'show', 'withdraw', 'restore', 'delete'] as const),
    ...(['put', 'put', 'put', 'move', 'flags', 'flags', 'harvest'] as const),
  ),
  item: fc.nat(5),
  among: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  collection: fc.nat(5),
  above: fc.option(fc.nat(5)),
  public: fc.boolean(),
  harvested: fc.boolean(),
})

const harvested = ({ tree }: Model, { status, lies }: Item) =>
  status === 'public' && (lies.length === 0 || lies.some((index) => open(tree, index)))
const setsOf = ({ tree }: Model, { lies }: Item) =>
  [...new Set(lies.filter((index) => open(tree, index)).flatMap((index) => pathTo(tree, index)))]
    .map((index) => String(collections[index]))
    .sort()

/** Carries out a step here and in the model; what cannot be done is left alone. */
async function take(model: Model, given: Step): Promise<void> {
  const item = model.items[given.item % Math.max(1, model.items.length)]
  const patch = (body: object) => staff.api(`/items/${item?.number}`, 'PATCH', body, { 'if-match': '*' })
  switch (given.kind) {
    case 'import': {
      const title = `Title ${model.items.length}`
      const [outcome] = await staff.lines({
        source: `${model.round}-${model.items.length}`,
        record: minimal(title),
        ...(!given.public && { publicationDate: '2999-01-01' }),
      })
      const status = given.public ? 'public' : 'scheduled'
      model.items.push({ number: outcome?.item.number as number, title, status, lies: [], known: false })
      break
    }
    case 'edit':
      if (!item || item.status === 'withdrawn' || item.status === 'deleted') break
      item.title += '.'
      await staff.lines({ source: `${model.round}-${model.items.indexOf(item)}`, record: minimal(item.title) })
      break
    case 'hide':
    case 'show':
      if (!item || item.status === 'withdrawn' || item.status === 'deleted') break
      await patch({ publicationDate: given.kind === 'hide' ? '2999-01-01' : '2026-01-01' })
      item.status = given.kind === 'hide' ? 'scheduled' : 'public'
      break
    case 'withdraw':
      if (item?.status !== 'public') break
      await staff.api(`/items/${item.number}/withdrawal`, 'POST', { reason: 'x' })
      item.status = 'withdrawn'
      break
    case 'restore':
      if (item?.status !== 'withdrawn') break
      await staff.api(`/items/${item.number}/withdrawal`, 'DELETE')
      item.status = 'public'
      break
    case 'delete':
      if (!item || item.status === 'deleted') break
      await staff.api(`/items/${item.number}`, 'DELETE')
      item.status = 'deleted'
      break
    case 'put':
      if (!item) break
      item.lies = given.among
      await staff.api(`/items/${item.number}/collections`, 'PUT', {
        collections: given.among.map((index) => collections[index]),
      })
      break
    case 'move': {
      const node = model.tree[given.collection] as Node
      const parent = given.above === null ? null : (collections[given.above] as number)
      const { status } = await staff.api(`/collections/${collections[given.collection]}`, 'PATCH', { parent })
      const within = pathTo(model.tree, given.above).includes(given.collection)
      expect(status).toBe(within ? 422 : 200)
      if (!within) node.parent = given.above
      break
    }
    case 'flags': {
      const flags = { public: given.public, harvested: given.harvested }
      Object.assign(model.tree[given.collection] as Node, flags)
      await staff.api(`/collections/${collections[given.collection]}`, 'PATCH', flags)
      break
    }
  }
  for (const each of model.items) each.known ||= harvested(model, each)
  await kura.settle()
}

describe('the feed', () => {
  it('gives harvesters what is public, of whatever came before: all at once, by set, and step by step', async () => {
    const oai = harvester(kura, id)
    const heardIn = async (more: Record<string, string>) => {
      const pages = await Array.fromAsync(oai.pages({ verb: 'ListRecords', metadataPrefix: 'jpcoar', ...more }))
      return { moment: pages[0]?.responseDate, heard: pages.flatMap(({ heard }) => heard) }
    }
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const model: Model = {
          round: `round-${round++}`,
          items: [],
          tree: TREE.map((parent) => ({ parent, public: true, harvested: true })),
        }
        for (const collection of collections)
          await staff.api(`/collections/${collection}`, 'PATCH', { parent: null, public: true, harvested: true })
        for (const [index, above] of TREE.entries())
          if (above !== null)
            await staff.api(`/collections/${collections[index]}`, 'PATCH', { parent: collections[above] })

        const mirror = new Map<string, Heard>()
        let from: string | undefined
        const follow = async () => {
          const { moment, heard } = await heardIn(from === undefined ? {} : { from })
          for (const each of heard) mirror.set(each.identifier, each)
          from = moment
        }
        for (const each of steps) {
          if (each.kind === 'harvest') await follow()
          else await take(model, each)
        }
        await follow()

        const mine = new Map(
          model.items.map((item) => [`oai:${id}.example:${String(item.number).padStart(8, '0')}`, item]),
        )
        const expected = [...mine]
          .filter(([, item]) => item.known)
          .map(([identifier, item]) =>
            harvested(model, item)
              ? { identifier, deleted: false, title: item.title, sets: setsOf(model, item) }
              : { identifier, deleted: true },
          )
        const said = (heard: Iterable<Heard>) =>
          [...heard]
            .filter(({ identifier }) => mine.has(identifier))
            .map(({ identifier, deleted, title, sets }) =>
              deleted ? { identifier, deleted } : { identifier, deleted, title, sets: sets.toSorted() },
            )
            .sort((a, b) => a.identifier.localeCompare(b.identifier))
        expect(said((await heardIn({})).heard)).toEqual(expected)
        expect(said(mirror.values())).toEqual(expected)
        for (const collection of collections) {
          const set = String(collection)
          const inSet = said((await heardIn({ set })).heard).filter(({ deleted }) => !deleted)
          expect(inSet).toEqual(expected.filter((each) => each.sets?.includes(set)))
        }
      }),
      // What fails is made smaller for as long as there is time, and then named with its seed.
      { numRuns: 25, interruptAfterTimeLimit: 20_000 },
    )
  })
})
