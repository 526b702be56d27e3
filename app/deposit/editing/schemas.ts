import { z } from '@hono/zod-openapi'
import { ItemFile } from '../../items/schemas.ts'
import { SAYS_NOTHING, saysSomething } from '../../platform/openapi.ts'
import { Record } from '../../records/model.ts'
import { Parameters } from '../parameters.ts'

/** What the API takes of records and files, one at a time. */

const Day = z.iso.date().openapi({ description: 'A day in the institution’s time zone', example: '2027-04-01' })
const Embargo = Day.optional().openapi({ description: 'The day on which an embargo ends: with "embargoed" alone' })
const Access = z.enum(['open', 'embargoed', 'signed-in', 'closed'])
const PublicationDate = Day.openapi({
  description: 'Ahead, the item is hidden until then; today or before, it is public',
})

const { source, collections, formerAddresses } = Parameters.shape
const beside = {
  source: source
    .optional()
    .openapi({ description: 'The depositor’s name for it: imports of this source change the item later' }),
  publicationDate: PublicationDate.optional(),
  collections: collections.openapi({ description: 'The collections that it is to lie in' }),
  formerAddresses: formerAddresses.openapi({
    description: 'Where it, or the file of a name, was to be found before: these addresses lead to it',
  }),
}

/** A new item, whose record is looked at apart: what is wrong with it is said in the record's own words. */
export const NewItemBody = z.strictObject({ ...beside, record: z.unknown() })
export const NewItem = z.strictObject({ ...beside, record: Record }).openapi('NewItem')

export const NewRecordBody = z.strictObject({ record: z.unknown() })
export const NewRecord = z.strictObject({ record: Record }).openapi('NewRecord')

export const ItemPatch = z
  .strictObject({
    record: z.record(z.string(), z.unknown()).optional().openapi({
      description:
        'What changes in the record, as a merge patch (RFC 7396): a field that is null goes, a list is replaced whole',
    }),
    publicationDate: PublicationDate.optional(),
    files: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(1_000).openapi({ description: 'Its name in the item', example: 'data.csv' }),
          access: Access,
          until: Embargo,
        }),
      )
      .max(10_000)
      .optional()
      .openapi({ description: 'Files whose access changes. An embargo needs "until", a day ahead' }),
  })
  .refine(saysSomething, SAYS_NOTHING)
  .openapi('ItemPatch', { minProperties: 1 })

/** The access that staff choose for a file as they send it. */
export const Chosen = z
  .strictObject({ access: Access.optional(), until: Embargo })
  .refine(({ access, until }) => until === undefined || access === 'embargoed', {
    path: ['until'],
    message: 'is the end of an embargo: say access=embargoed with it',
  })
  .transform(({ access, until }) => access && { access, until })

export const ItemFiles = z.object({ files: z.array(ItemFile) }).openapi('ItemFiles')
