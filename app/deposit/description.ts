import { type RouteConfig, z } from '@hono/zod-openapi'
import { forAll, needs } from '../accounts/index.ts'
import { Finding } from '../items/index.ts'
import { problems } from '../platform/openapi.ts'
import { Record } from '../records/model.ts'
import { KEY } from './keyed-call.ts'
import { Parameters, RecordQuery, TemplateQuery } from './parameters.ts'

/** What the API's document says of imports. */

const Line = Parameters.extend({ record: Record }).openapi('ImportLine', {
  description: 'A record, and what is said beside it',
  example: {
    source: 'kiyo-12-1',
    record: { titles: [{ value: '水路の変遷', lang: 'ja' }], type: { term: 'departmental bulletin paper' } },
  },
})

const Outcome = z
  .object({
    source: z.string().nullable().openapi({ description: 'null where not even that could be read' }),
    status: z.enum(['imported', 'updated', 'unchanged', 'withdrawn', 'rejected']),
    item: z.object({ number: z.int(), url: z.url() }).optional(),
    warnings: z.array(Finding).openapi({ description: 'What aggregators would find fault with; keeps nothing out' }),
    errors: z.array(Finding).openapi({ description: 'Why it is rejected' }),
  })
  .openapi('ImportOutcome', { description: 'What became of a record' })

/** A body of its own form, which is text, as far as JSON Schema can say that. */
const text = (description: string) => ({ schema: z.string().openapi({ description }) })

/** All that inputs/ accepts: a test holds them against each other. */
const bodies = {
  'application/json': { schema: z.union([z.array(Line), Line]) },
  'application/x-ndjson': text('A record a line, each as in JSON'),
  'application/xml': text('A record in JPCOAR 1.0, 2.0 or 2.1, or an answer of OAI-PMH with records'),
  'text/xml': text('The same'),
  'text/csv': text('A table: a row names the columns, every other row is a record'),
  'text/tab-separated-values': text('The same, with tabs'),
  'application/zip': { schema: z.string().openapi({ description: 'Records with their files, or a bag (BagIt)' }) },
}

const tags = ['Imports']

export const describeImport: RouteConfig = {
  method: 'post',
  path: '/imports',
  tags,
  operationId: 'importRecords',
  summary: 'Import records with their files',
  description:
    'A line of JSON is answered for each record, in order and as it happens: a record that is rejected keeps no other ' +
    'out. A record whose source came before replaces that one. The answer ends early where the connection breaks: ' +
    'lines that arrived hold.',
  security: needs('import'),
  request: {
    query: RecordQuery,
    headers: z.object({
      'idempotency-key': z.string().regex(KEY).optional().openapi({
        description: 'A name for this call, by which it can be sent again after it broke off',
        example: '"3f0c-1"',
      }),
    }),
    body: {
      required: true,
      content: bodies,
    },
  },
  responses: {
    200: {
      description: 'A line for each record',
      content: { 'application/x-ndjson': { schema: Outcome } },
    },
    ...problems({
      400: 'The body is not what its media type says, or Idempotency-Key is no string',
      403: 'The token lacks the scope, or this is an export of an institution and it lacks "transfer"',
      409: 'The call with this Idempotency-Key is still being worked on; Retry-After says when to ask again',
      422: 'A parameter is wrong, there is no record in the body, or the key was used for another call',
      507: 'This server has no room left for what passes through',
    }),
  },
}

export const describeTemplate: RouteConfig = {
  method: 'get',
  path: '/imports/template.csv',
  tags,
  operationId: 'readTemplate',
  summary: 'A table to begin with',
  description: 'A header row with the columns that most records need.',
  security: forAll,
  request: { query: TemplateQuery },
  responses: { 200: { description: 'The table', content: { 'text/csv': text('CSV in UTF-8') } } },
}
