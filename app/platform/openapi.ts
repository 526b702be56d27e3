import { z } from '@hono/zod-openapi'

/*
 * What all routes of the API are described with. A route says what is its own: `tags`, `operationId`, `summary`,
 * `description`, `security` (accounts), its parameters, its answers. What any request can be answered (no such token, too
 * many requests …) is added when the document is made: api/usual.ts.
 */

/** The body of a request or an answer, as JSON. */
export const json = <T extends z.ZodType>(schema: T, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})

/** Answers that say why something is not done, by their status, each with what it means here. */
export const problems = <Status extends number>(meanings: { [S in Status]: string }) =>
  Object.fromEntries(
    Object.entries<string>(meanings).map(([status, description]) => [status, { description, content: PROBLEM }]),
  ) as { [S in Status]: { description: string; content: typeof PROBLEM } }

const ProblemDetails = z
  .looseObject({
    type: z.string().openapi({ description: 'about:blank: the status says what kind of problem it is' }),
    title: z.string().openapi({ description: 'What kind of problem it is; the same each time', example: 'Not found' }),
    status: z.int().openapi({ description: 'The status of the answer', example: 404 }),
    detail: z
      .string()
      .openapi({ description: 'What happened this time, and what to do', example: 'There is no item 7.' }),
    errors: z
      .array(
        z.object({
          path: z
            .string()
            .openapi({ description: 'The place in what was sent; / for all of it', example: 'files[0].until' }),
          message: z.string().openapi({ description: 'What is wrong there' }),
        }),
      )
      .optional()
      .openapi({ description: 'Each thing that is wrong with what was sent, the first hundred of them' }),
  })
  .openapi('Problem', { description: 'Why a request is not answered as it was meant (RFC 9457)' })

const PROBLEM = { 'application/problem+json': { schema: ProblemDetails } }

/** The number of an item or a collection, as it stands in an address. */
export const NumberInPath = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/)
  .transform(Number)
  .openapi({ example: '1' })

/** A header of an answer. */
const header = (description: string, example: string, schema: object = { type: 'string' }) => ({
  description,
  required: true,
  example,
  schema,
})

/** Headers of answers that several routes give. */
export const headers = {
  ETag: header('The revision that this is (RFC 9110, section 8.8.3): If-Match takes it', '"3"'),
  Location: header('The address of what was made', 'https://repository.example/api/v1/collections/12', {
    type: 'string',
    format: 'uri',
  }),
  /** Not there on the only page of a list. */
  Link: {
    ...header(
      'Where the list goes on (rel="next") and begins (rel="first") (RFC 8288)',
      '<https://repository.example/api/v1/search?q=tide&after=WzFd>; rel="next"',
    ),
    required: false,
  },
}

/** `If-Match`: what the caller has seen. */
export const IfMatch = z.string().max(1_000).optional().openapi({
  description: 'The ETag that was read: where it is another by now, nothing is changed (412). Without it: 428',
  example: '"3"',
})

/** A body that is not there is read as an empty object, and a change that names nothing is a mistake. */
export const saysSomething = (body: object) => Object.keys(body).length > 0
export const SAYS_NOTHING = 'names nothing to change'
