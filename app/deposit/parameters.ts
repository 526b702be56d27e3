import { z } from 'zod'
import { Placings } from '../collections/index.ts'

/** The depositor's name for a record: a path, an identifier, whatever stays the same. */
export const source = z
  .string()
  .min(1)
  .max(1_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control is the purpose
  .refine((value) => value.isWellFormed() && !/\u0000/.test(value), 'holds characters that cannot be stored')
/** OAI identifier (OAI-PMH 2.0, section 2.4; the form of its implementation guidelines). */
const oaiIdentifier = z
  .string()
  // Ends the checks: the pattern would run out of stack over millions of characters.
  .max(500, { abort: true })
  .regex(
    /^oai:[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+:[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+$/,
    'must be an OAI identifier such as oai:repository.example.ac.jp:00000012',
  )
const number = z.int().min(1).max(99_999_999)
/** Addresses that the item had elsewhere; what they may be is looked at when the record is imported. */
const formerAddresses = z
  .array(z.union([z.string(), z.strictObject({ address: z.string(), file: z.string() })]))
  .max(100)

/** What may be said beside a record. */
export const Parameters = z.strictObject({
  source,
  number: number.optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: z.iso.date().optional(),
  formerAddresses: formerAddresses.optional(),
  /** The collections that it is to lie in: ids, or `{ collection, heading }`. */
  collections: Placings.optional(),
})

/** What the query of any call may say. */
export const CallQuery = z.strictObject({
  mode: z.enum(['import', 'check']).default('import'),
  /** Of records that say nothing of it themselves: ids, with commas between them. */
  collections: z
    .string()
    .transform((ids): z.input<typeof Placings> => ids.split(',').map(Number))
    .pipe(Placings)
    .optional(),
})

/** The same where nothing else can say what stands beside the record. */
export const RecordQuery = Parameters.partial().extend({
  ...CallQuery.shape,
  number: z.coerce.number().pipe(number).optional(),
})
/** What such a query says of the record. */
export type Beside = Omit<z.infer<typeof RecordQuery>, keyof z.infer<typeof CallQuery>>
