import { z } from '@hono/zod-openapi'

const Count = z.int().min(0)
const Moment = z.iso.datetime()
/** What another repository said, of so many characters at most. PostgreSQL's JSON holds neither NUL nor halves of them. */
const said = (most: number) =>
  z
    .string()
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control is the purpose
    .regex(/^[^\u0000]*$/, 'must not hold NUL')
    .refine((text) => text.isWellFormed(), 'must not hold halves of characters')

/** How far another repository has been harvested, as whoever harvests it says. */
export const Harvest = z
  .strictObject({
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .openapi({ example: 'https://repository.example.ac.jp/oai' }),
    set: z
      .string()
      .max(1_000)
      .regex(/^[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*$/)
      .optional()
      .openapi({ description: 'setSpec; everything is harvested where nothing is said' }),
    metadataPrefix: z
      .string()
      .max(100)
      .regex(/^[\w\-.!~*'()]+$/),
    until: Moment.optional().openapi({
      description: 'responseDate of the last list that was read to its end: up to it nothing is missing',
    }),
    list: z
      .strictObject({ began: Moment.optional(), resumptionToken: said(10_000).min(1) })
      .optional()
      .openapi({ description: 'The list under way: its responseDate, and where it goes on' }),
    counts: z
      .strictObject({ imported: Count, updated: Count, unchanged: Count, withdrawn: Count, rejected: Count })
      .openapi({ description: 'What became of the records of the list under way, or of the last one' }),
    completedAt: Moment.optional().openapi({ description: 'When a list was last read to its end' }),
    lastError: said(2_000).optional().openapi({ description: 'Why the last run ended early' }),
  })
  .openapi('Harvest')

export type Harvest = z.infer<typeof Harvest>

export const StoredHarvest = z
  .strictObject({ ...Harvest.shape, id: z.string(), updatedAt: Moment })
  .openapi('StoredHarvest', { description: 'A harvest as it is kept' })

export type StoredHarvest = z.infer<typeof StoredHarvest>

export const HarvestList = z.object({ harvests: z.array(StoredHarvest) }).openapi('HarvestList')

export const InPath = z.object({
  harvest: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .openapi({ description: 'The name of the harvest, chosen by whoever harvests', example: 'old-repository' }),
})
