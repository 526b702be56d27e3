import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { forAll } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { itemUrl } from '../items/index.ts'
import { headers, json } from '../platform/openapi.ts'
import { Next, pages } from '../platform/paging.ts'
import { Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import { Text } from '../records/model.ts'
import { accessRights, resourceTypes } from '../records/vocabularies.ts'
import { addressOf } from './address.ts'
import { facets, sorts } from './port.ts'
import { isPlaceOf, search } from './search.ts'

/** A parameter that may be given several times. */
const repeated = <T extends z.ZodType<string>>(value: T, description: string, example: string) =>
  z
    .preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(value).max(50))
    .optional()
    .openapi({ description, example: [example] })
const text = z
  .string()
  .min(1)
  .max(500)
  // Without a flag, which the API's document could not carry over.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'must not hold control characters')
const PartOfDate = z
  .string()
  .regex(
    /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
    'must be a year, month or day such as 2026, 2026-03, 2026-03-18',
  )
  .optional()

/** What a search may ask for. */
export const Asked = z.strictObject({
  q: z.string().default('').openapi({
    description:
      'Words, all of which must occur; "phrases"; title:, creator:, subject:, publisher:, source:; AND, OR, NOT, -word, brackets',
    example: 'title:里山 (保全 OR 再生) -"意識調査"',
  }),
  type: repeated(z.enum(resourceTypes), 'Of one of these types (COAR)', 'journal article'),
  year: repeated(z.string().regex(/^\d{4}$/, 'must be four digits'), 'Issued in one of these years', '2026'),
  language: repeated(
    z.string().regex(/^[a-z]{3}$/, 'must be three small letters (ISO 639-3)'),
    'In one of these languages (ISO 639-3)',
    'jpn',
  ),
  access: repeated(z.enum(accessRights), 'With one of these rights of access', 'open access'),
  collection: repeated(
    z.string().regex(/^[1-9]\d{0,8}$/, 'must be the number of a collection'),
    'Lying in one of these collections',
    '1',
  ),
  subject: repeated(text, 'With one of these subjects, as a facet has it', '里山'),
  creator: repeated(text, 'By one of these creators, as a facet has it', '蔵野, 文'),
  from: PartOfDate.openapi({ description: 'Issued in this year, month or day, or later' }),
  to: PartOfDate.openapi({ description: 'Issued in this year, month or day, or earlier' }),
  sort: z
    .enum(sorts)
    .optional()
    .openapi({ description: 'By relevance if there are words, else what was published last' }),
})

const Query = Asked.extend({
  size: z.coerce.number().int().min(1).max(100).default(20).openapi({ description: 'Results on a page' }),
  after: z
    .string()
    .max(2_000)
    .optional()
    .openapi({ description: 'Where the page begins: follow "next" in place of making one' }),
  facets: z.enum(['true', 'false']).default('true').openapi({ description: 'Whether to count the facets' }),
})

const Segment = z
  .object({ text: z.string(), hit: z.boolean() })
  .openapi('Segment', { description: 'A piece of text; "hit" where it is what was searched for' })
const Result = z
  .object({
    number: z.int(),
    url: z.url(),
    titles: z.array(Text),
    creators: z.array(z.array(Text)).openapi({ description: 'The first creators, each by one name per language' }),
    creatorCount: z.int(),
    sourceTitles: z.array(Text),
    year: z.string().optional(),
    type: z.enum(resourceTypes),
    access: z.enum(accessRights),
    until: z.iso.date().optional(),
    publicationDate: z.iso.date(),
    snippet: z
      .array(Segment)
      .optional()
      .openapi({ description: 'A part of the abstract or of a file in which the words stand' }),
  })
  .openapi('SearchResult')

const Count = z.object({ value: z.int(), atLeast: z.boolean().openapi({ description: 'There are more' }) })
const Name = z.object({ ja: z.string(), en: z.string().optional() })
const Counts = z
  .object({
    values: z.array(z.object({ value: z.string(), count: z.int(), name: Name.optional() })),
    atLeast: z.boolean().openapi({ description: 'More than 10,000 items are found, and so many were counted' }),
  })
  .openapi('FacetCounts', { description: 'The values of a facet that most of the found items have' })
const Answer = z
  .object({
    results: z.array(Result),
    total: Count,
    sort: z.enum(sorts),
    next: Next,
    facets: z.object(Object.fromEntries(facets.map((facet) => [facet, Counts]))).optional(),
  })
  .openapi('SearchAnswer')

const route = createRoute({
  method: 'get',
  path: '/search',
  tags: ['Search'],
  operationId: 'search',
  summary: 'Search items',
  description: 'In records and in the text of files that the caller may read. Without words it lists all items.',
  security: forAll,
  request: { query: Query },
  responses: {
    200: { description: 'A page of what was found', headers: { Link: headers.Link }, content: json(Answer) },
  },
})

/** The API's route for searching, below `/api/v1`. */
export function searchRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.openapi(route, async (c) => {
    const { tenant, actor } = c.var
    const { q, from, to, sort, size, after, facets: counted, ...chosen } = c.req.valid('query')
    const asked = { words: q, chosen, from, to, sort }
    if (after !== undefined && !isPlaceOf(asked, after))
      throw new Problem(422, 'Invalid', 'after: is no place in the results of this search; begin again without it')
    const found = await search(tenant, actor, asked, { size, after, counts: counted === 'true' })
    const { counts, collections } = found
    const { body, headers } = pages(
      (place) =>
        `${tenant.url}/api/v1${addressOf(asked, { size: String(size), facets: counted, ...(place && { after: place }) })}`,
      { after, next: found.next },
    )
    return c.json(
      {
        results: found.results.map((result) => ({ ...result, url: itemUrl(tenant, result.number) })),
        total: found.total,
        sort: found.sort,
        ...body,
        ...(counts && {
          facets: {
            ...counts,
            collection: {
              ...counts.collection,
              values: counts.collection.values.map((each) => {
                const name = collections.get(Number(each.value))
                return name ? { ...each, name } : each
              }),
            },
          },
        }),
      },
      200,
      headers,
    )
  })
  return app
}
