import { SCHEME } from '../accounts/index.ts'
import type { Document, Operation } from './document.ts'

/*
 * What any request can be answered, whatever its route: what the middleware of app.ts, and the checks of what was sent,
 * say before a route has its turn. A route that says more of a status keeps its own words.
 */

const headersOf = (...names: readonly (keyof typeof headerList)[]) =>
  Object.fromEntries([...EACH, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const problem = (description: string, headers: readonly (keyof typeof headerList)[] = []) => ({
  description,
  headers: headersOf(...headers),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const headerList = {
  'X-Request-Id': {
    description: 'What to quote when asking for help',
    schema: { type: 'string' as const, format: 'uuid' },
  },
  RateLimit: {
    description: 'What is left of the limit to which the request counts, and the seconds until it is whole again',
    example: '"reads";r=1198;t=60',
    schema: { type: 'string' as const },
  },
  'RateLimit-Policy': {
    description: 'The limit to which the request counts, of reads, searches or writes: so many in so many seconds',
    example: '"reads";q=1200;w=60',
    schema: { type: 'string' as const },
  },
  'Retry-After': {
    description: 'Seconds after which to ask again',
    example: '2',
    schema: { type: 'string' as const, pattern: '^[0-9]+$' },
  },
  ETag: {
    description: 'What this answer is (RFC 9110, section 8.8.3): If-None-Match takes it',
    example: '"cGl9mJZcWmJ4dkqzWPFYzO5rZ8k"',
    schema: { type: 'string' as const },
  },
  'WWW-Authenticate': { description: 'How to say who asks', example: 'Bearer', schema: { type: 'string' as const } },
}
/** Headers of every answer. */
const EACH = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const

const answers = {
  304: {
    description: 'The caller has what would be answered, as If-None-Match or If-Modified-Since says',
    headers: headersOf('ETag'),
  },
  400: problem('The request cannot be understood, or holds a value that cannot be'),
  401: problem('There is no token, or it is not known here', ['WWW-Authenticate']),
  403: problem('The token lacks the scope, or this repository takes no changes at present'),
  404: problem('There is nothing at this address'),
  410: problem('This repository is closed'),
  412: problem('What would be answered is another than If-Match or If-Unmodified-Since names'),
  413: problem('The body is larger than this takes'),
  415: problem('The body is of a media type that this does not take'),
  422: problem('Something in the request is not as it must be; "errors" says what'),
  429: problem('Too many requests came in too short a time', ['Retry-After']),
  431: {
    description: 'Address and headers are longer than 16 KiB together. Nothing has looked at the request any further',
    content: { 'text/plain': { schema: { type: 'string' as const } } },
  },
  503: problem('This cannot be had just now', ['Retry-After']),
}
type Status = keyof typeof answers

/** Whether the answer carries an entity tag: JSON that is read does (platform/conditional.ts). */
const isTagged = ({ responses }: Operation, method: string) => {
  const answer = responses?.[200]
  return method === 'get' && answer !== undefined && 'content' in answer && 'application/json' in (answer.content ?? {})
}

/** The statuses that an operation can answer without having said so. */
function usual(operation: Operation, method: string): Status[] {
  const { parameters = [], requestBody, security } = operation
  const asked = parameters.some((each) => 'in' in each && each.in !== 'path')
  const addressed = parameters.some((each) => 'in' in each && each.in === 'path')
  const restricted = security?.every((way) => (way[SCHEME]?.length ?? 0) > 0) || method !== 'get'
  return [
    ...(isTagged(operation, method) ? ([304, 412] as const) : []),
    ...([400, 401, 410, 429, 431, 503] as const),
    ...(restricted ? ([403] as const) : []),
    ...(addressed ? ([404] as const) : []),
    ...(requestBody ? ([413, 415] as const) : []),
    ...(requestBody || asked ? ([422] as const) : []),
  ]
}

/** An operation with all answers that it can give. */
function complete(operation: Operation, method: string): Operation {
  const refs = usual(operation, method).map((status) => [status, { $ref: `#/components/responses/${status}` }])
  const own = Object.entries(operation.responses ?? {}).map(([status, answer]) => {
    const known = answers[Number(status) as Status]
    const theirs = known && 'headers' in known ? known.headers : {}
    const tag = status === '200' && isTagged(operation, method) ? headersOf('ETag') : {}
    return [status, { ...answer, headers: { ...theirs, ...each, ...tag, ...answer.headers } }]
  })
  return { ...operation, responses: Object.fromEntries([...refs, ...own]) }
}
const each = headersOf()

/** A document of all routes with what the application says of every one of them. */
export function withUsualAnswers(document: Document): Document {
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, complete(operation as Operation, method)]),
    ),
  ])
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, responses: answers, headers: headerList },
  }
}
