import { z } from '@hono/zod-openapi'
import { Placings } from '../collections/index.ts'

/** The depositor's name for a record: a path, an identifier, whatever stays the same. */
export const source = z
  .string()
  .min(1)
  .max(1_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control is the purpose
  .refine((value) => value.isWellFormed() && !/\u0000/.test(value), 'holds characters that cannot be stored')
  .openapi({ description: 'The depositor’s name for the record, by which it is known when it comes again' })
/** OAI identifier (OAI-PMH 2.0, section 2.4; the form of its implementation guidelines). */
const oaiIdentifier = z
  .string()
  // Ends the checks: the pattern would run out of stack over millions of characters.
  .max(500, { abort: true })
  .regex(
    /^oai:[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+:[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+$/,
    'must be an OAI identifier such as oai:repository.example.ac.jp:00000012',
  )
  .openapi({ description: 'The identifier that harvesters know it by', example: 'oai:repository.example:00000012' })
const number = z
  .int()
  .min(1)
  .max(99_999_999)
  .openapi({ description: 'The number of its address, where an institution brings its own' })
/** Addresses that the item had elsewhere; what they may be is looked at when the record is imported. */
const formerAddresses = z
  .array(z.union([z.string(), z.strictObject({ address: z.string(), file: z.string() })]))
  .max(100)
  .openapi({ description: 'Addresses that it, or a file of it, had elsewhere: they lead here from then on' })
const publicationDate = z.iso.date().openapi({ description: 'The day to publish it on; at once where nothing is said' })

/** What may be said beside a record. */
export const Parameters = z.strictObject({
  source,
  number: number.optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
  formerAddresses: formerAddresses.optional(),
  collections: Placings.openapi({
    description: 'The collections that it is to lie in: ids, or with the heading under which contents have it',
  }).optional(),
})

/** What the query of any call may say. */
export const CallQuery = z.strictObject({
  mode: z
    .enum(['import', 'check'])
    .default('import')
    .openapi({ description: 'check: says what an import would do, and changes nothing' }),
  collections: z
    .string()
    .regex(/^[1-9]\d{0,9}(,[1-9]\d{0,9})*$/, 'must be numbers of collections with commas between them')
    .transform((ids): z.input<typeof Placings> => ids.split(',').map(Number))
    .pipe(Placings)
    .optional()
    .openapi({
      description: 'Collections of the records that do not say where they lie: ids with commas between them',
      example: '3,14',
    }),
})

/** The same where nothing else can say what stands beside the record. */
export const RecordQuery = Parameters.partial().extend({
  ...CallQuery.shape,
  number: z.coerce
    .number()
    .pipe(number)
    .optional()
    .openapi({ description: 'The number of its address, where an institution brings its own' }),
  formerAddresses: z.array(z.string()).max(100).optional(),
})
/** What such a query says of the record. */
export type Beside = Omit<z.infer<typeof RecordQuery>, keyof z.infer<typeof CallQuery>>

export const TemplateQuery = z.object({
  lang: z.enum(['ja', 'en']).default('ja').openapi({ description: 'The language of the labels' }),
})
