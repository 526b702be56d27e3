import { z } from '@hono/zod-openapi'
import { NumberInPath } from '../platform/openapi.ts'
import { Next } from '../platform/paging.ts'
import { Record, RecordFile } from '../records/model.ts'
import { accessRights, objectTypes } from '../records/vocabularies.ts'

/** What the API takes and gives of items. */

export const InPath = z.object({ number: NumberInPath })

const Day = z.iso.date().openapi({ description: 'A day in the institution’s time zone', example: '2027-04-01' })
const Embargo = Day.openapi({ description: 'The day on which an embargo ends' }).optional()
const FileName = z.string().min(1).max(1_000).openapi({ description: 'Its name in the item', example: 'data.csv' })

export const Withdrawal = z
  .strictObject({
    reason: z.string().trim().min(1).max(2_000).openapi({ description: 'Shown to readers who follow a citation' }),
  })
  .openapi('Withdrawal')

export const Version = z
  .object({
    version: z.int().min(1),
    madeAt: z.iso.datetime(),
    url: z.url().openapi({ description: 'Its address, which never changes' }),
  })
  .openapi('Version', { description: 'What a reader can cite: the item as it stood at a moment' })

export const Finding = z
  .object({
    rule: z.string().openapi({ description: 'Stable name of the rule', example: 'access.embargo-date' }),
    path: z.string().openapi({ description: 'The place in the record; / for all of it', example: 'dates[0].value' }),
    message: z.string().openapi({ description: 'What is wrong, and what to write instead' }),
  })
  .openapi('Finding', { description: 'What was found in a record' })

export const QualityReport = z
  .object({
    items: z.int().openapi({ description: 'Public items that were looked at' }),
    findings: z.array(
      z.object({
        rule: z.string().openapi({ description: 'Stable name of the rule', example: 'access.embargo-date' }),
        count: z.int().openapi({ description: 'Items in which this rule is broken' }),
        examples: z.array(z.int()).max(10).openapi({ description: 'Numbers of the first of them' }),
      }),
    ),
  })
  .openapi('QualityReport')

export const ItemFile = z
  .object({
    name: FileName,
    label: z.string().openapi({ description: 'What readers see in place of its name' }),
    url: z.string().openapi({ description: 'Where its bytes are; of a link, somewhere else' }),
    access: z.enum(['open', 'embargoed', 'signed-in', 'closed', 'link']),
    until: Embargo,
    readable: z.boolean().openapi({ description: 'Whether the caller may read it now' }),
    objectType: z.enum(objectTypes).optional(),
    type: z.string().optional().openapi({ description: 'Its media type', example: 'text/csv' }),
    size: z.int().optional().openapi({ description: 'In bytes' }),
    sha256: z.hex().length(64).optional().openapi({ description: 'Checksum of its bytes (SHA-256)' }),
    scan: z.enum(['waiting', 'clean', 'infected', 'unscannable', 'released']).optional().openapi({
      description:
        'What the scan for viruses says; readers are told of files that wait, tokens with items:write of all. Nobody gets a file that is waiting, infected or unscannable',
    }),
    finding: z.string().optional().openapi({
      description: 'What was found, or why it could not be looked at; for tokens with items:write',
      example: 'Win.Trojan.Example-1',
    }),
    described: RecordFile.optional(),
  })
  .openapi('ItemFile')

export const Item = z
  .object({
    number: z.int().openapi({ description: 'Its number, which its address has', example: 1 }),
    url: z.url().openapi({ description: 'Its address for readers' }),
    oaiIdentifier: z.string().optional().openapi({ description: 'Its identifier for harvesters' }),
    revision: z.int().openapi({ description: 'Counts its changes; the ETag carries it' }),
    publicationDate: Day.openapi({ description: 'The day on which it was made public here, or will be' }),
    updatedAt: z.iso.datetime(),
    access: z
      .object({ right: z.enum(accessRights), until: Embargo })
      .openapi({ description: 'The access that follows from its files' }),
    record: Record,
    files: z.array(ItemFile),
    versions: z.array(Version).openapi({ description: 'The newest first' }),
    warnings: z
      .array(Finding)
      .optional()
      .openapi({ description: 'What should be mended in the record; for tokens with items:write' }),
  })
  .openapi('Item')

export const ListQuery = z.strictObject({
  after: NumberInPath.optional().openapi({ description: 'Items with higher numbers than this', example: '120' }),
  size: z.coerce.number().int().min(1).max(100).default(20).openapi({ description: 'Items of a page at most' }),
})

export const ItemList = z
  .object({ items: z.array(Item.omit({ warnings: true })), next: Next })
  .openapi('ItemList', { description: 'A page of items by their number. It may be shorter where records are long' })
