import { z } from 'zod'
import { Placings } from '../collections/index.ts'

/** What a call may say beside a record, in the query or on a line. */

/** The depositor's name for a record: a path, an identifier, whatever stays the same. */
export const source = z
  .string()
  .min(1)
  .max(1_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control is the purpose
  .refine((value) => value.isWellFormed() && !/\u0000/.test(value), 'holds characters that cannot be stored')
/** OAI identifier (OAI-PMH 2.0, section 2.4; the form of its implementation guidelines). */
export const oaiIdentifier = z
  .string()
  // Ends the checks: the pattern would run out of stack over millions of characters.
  .max(500, { abort: true })
  .regex(
    /^oai:[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+:[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+$/,
    'must be an OAI identifier such as oai:repository.example.ac.jp:00000012',
  )
export const publicationDate = z.iso.date()
/** The collections that it is to lie in: ids, or `{ collection, heading }`. */
export const collections = Placings
/** The same in a query: ids, with commas between them. */
export const collectionIds = z
  .string()
  .transform((ids): z.input<typeof collections> => ids.split(',').map(Number))
  .pipe(collections)

/** Addresses that the item had elsewhere; what they may be is looked at when the record is imported. */
export const formerAddresses = z
  .array(z.union([z.string(), z.strictObject({ address: z.string(), file: z.string() })]))
  .max(100)
