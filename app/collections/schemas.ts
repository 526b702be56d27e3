import { z } from '@hono/zod-openapi'
import { NumberInPath, SAYS_NOTHING, saysSomething } from '../platform/openapi.ts'
import { Next } from '../platform/paging.ts'
import { Text } from '../records/model.ts'

/** What the API takes and gives of collections. */

/** What PostgreSQL's integer holds. */
const MOST = 2_147_483_647
const Id = z.int().min(1).max(MOST)
/** XML, and so OAI-PMH, cannot carry control characters. */
const Name = z
  .string()
  .trim()
  .min(1)
  .max(500)
  // Without a flag, which the API's document could not carry over.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
  .regex(/^[^\u0000-\u001f\u007f-\u009f\ufffe\uffff]*$/, 'must not hold control characters')
  .refine((value) => value.isWellFormed(), 'must not hold halves of characters')
const Label = z
  .strictObject({ ja: Name, en: Name.optional() })
  .openapi('Label', { description: 'A name in Japanese, and in English where there is one' })

const Fields = z.strictObject({
  name: Label,
  parent: Id.nullable().openapi({ description: 'The collection that it lies in; null at the top' }),
  position: z.int().min(0).max(1_000_000_000).openapi({ description: 'Order among those of one parent' }),
  kind: z.enum(['list', 'contents']).openapi({
    description: 'The order of its items: the newest first, or contents by volume, issue, heading and page',
  }),
  public: z.boolean().openapi({ description: 'Readers see it if all above it are public too' }),
  harvested: z.boolean().openapi({
    description: 'Harvesters get an item through any of its collections that is public and harvested with all above it',
  }),
  headings: z
    .array(z.strictObject({ id: Id.optional(), name: Label }))
    .max(100)
    .openapi({
      description: 'Headings of the contents, in their order: all of them, those that there are by their id',
    }),
})

export const NewCollection = Fields.extend({
  parent: Fields.shape.parent.default(null),
  position: Fields.shape.position.optional(),
  kind: Fields.shape.kind.default('list'),
  public: Fields.shape.public.default(true),
  harvested: Fields.shape.harvested.default(true),
  headings: Fields.shape.headings.optional(),
}).openapi('NewCollection')

export const CollectionPatch = Fields.partial()
  .extend({
    before: Id.nullable()
      .optional()
      .openapi({ description: 'The one beside it that it is to stand right before; null puts it last' }),
  })
  .refine(saysSomething, SAYS_NOTHING)
  .openapi('CollectionPatch', { minProperties: 1 })

const Collection = z
  .object({
    id: Id,
    name: Label,
    parent: Fields.shape.parent,
    kind: Fields.shape.kind,
    items: z.int().openapi({ description: 'Items right in it that the caller may read' }),
    collections: z.int().openapi({ description: 'Collections right in it that the caller may see' }),
    position: z.int().optional(),
    public: z.boolean().optional(),
    harvested: z.boolean().optional(),
  })
  .openapi('Collection', { description: 'Position and flags are for those who may change them' })

export const CollectionInDetail = Collection.extend({
  above: z
    .array(z.object({ id: Id, name: Label }))
    .openapi({ description: 'The collections that it lies in, from the top on' }),
  headings: z.array(z.object({ id: Id, name: Label })),
}).openapi('CollectionInDetail')

const Placing = z
  .union([Id, z.strictObject({ collection: Id, heading: Id.optional() })])
  .openapi('Placing', { description: 'A collection, or one with the heading under which its contents have the item' })

/** Collections of an item: each by its id, or with the heading under which its contents have it. */
export const Placings = z
  .array(Placing)
  .max(100)
  .transform((all) => all.map((each) => (typeof each === 'number' ? { collection: each } : each)))

export const NewPlacement = z.strictObject({ collections: Placings }).openapi('NewPlacement')
export const Placement = z.object({ collections: z.array(Placing) }).openapi('Placement')

export const Members = z
  .object({
    items: z.array(
      z.object({
        number: z.int(),
        url: z.url(),
        titles: z.array(Text),
        volume: z.string().optional(),
        issue: z.string().optional(),
        pageStart: z.string().optional(),
        pageEnd: z.string().optional(),
        heading: z.object({ id: Id, name: Label }).optional(),
      }),
    ),
    next: Next,
  })
  .openapi('CollectionItems')

export const CollectionPage = z.object({ collections: z.array(Collection), next: Next }).openapi('CollectionPage')

const NO_PLACE = 'is no place in this list: begin anew'

/** A place among the collections of one parent, as it stands in an address. */
export const After = z
  .string()
  .regex(/^\d{1,10}\.\d{1,10}$/, { error: NO_PLACE, abort: true })
  .refine((text) => text.split('.').every((part) => Number(part) <= MOST), NO_PLACE)
  .transform((text) => {
    const [position = 0, id = 0] = text.split('.').map(Number)
    return { position, id }
  })

export const writePosition = ({ position, id }: z.output<typeof After>) => `${position}.${id}`

export const InPath = z.object({ collection: NumberInPath })
export const ItemInPath = z.object({ number: NumberInPath })
const place = { description: 'Where the page begins: follow "next" in place of making one' }

export const ListQuery = z.object({
  parent: NumberInPath.optional().openapi({ description: 'The collection whose collections are listed' }),
  after: After.optional().openapi(place),
})
export const MembersQuery = z.object({ after: z.string().max(4_000).optional().openapi(place) })
export const DeleteQuery = z.object({
  items: z
    .enum(['keep', 'leave'])
    .default('keep')
    .openapi({ description: 'leave: items may lie in it, and leave it. keep: it is refused then' }),
})
