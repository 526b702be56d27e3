import { SCHEME } from '../accounts/index.ts'
import type { Document, Operation } from './document.ts'

/*
 * What any request can be answered, whatever its route: what the middleware of app.ts, and the checks of what was sent,
 * say before a route has its turn. A route that says more of a status keeps its own words.
 */

const problem = (description: string, headers: readonly (keyof typeof headerList)[] = []) => ({
  description,
  headers: Object.fromEntries([...EACH, ...headers].map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const headerList = {
  'X-Request-Id': {
    description: 'What to quote when asking for help',
    schema: { type: 'string' as const, format: 'uuid' },
  },
  RateLimit: {
    description: 'What is left of the limit that is nearest, and the seconds until it is whole again',
    example: '"default";r=58;t=12',
    schema: { type: 'string' as const },
  },
  'RateLimit-Policy': {
    description: 'The limits: how many requests in how many seconds',
    example: '"default";q=60;w=60',
    schema: { type: 'string' as const },
  },
  'Retry-After': {
    description: 'Seconds after which to ask again',
    example: '2',
    schema: { type: 'string' as const, pattern: '^[0-9]+$' },
  },
  'WWW-Authenticate': { description: 'How to say who asks', example: 'Bearer', schema: { type: 'string' as const } },
}
/** Headers of every answer. */
const EACH = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const

const answers = {
  400: problem('The request cannot be understood, or holds a value that cannot be'),
  401: problem('There is no token, or it is not known here', ['WWW-Authenticate']),
  403: problem('The token lacks the scope, or this repository takes no changes at present'),
  404: problem('There is nothing at this address'),
  410: problem('This repository is closed'),
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

/** The statuses that an operation can answer without having said so. */
function usual({ parameters = [], requestBody, security }: Operation, method: string): Status[] {
  const asked = parameters.some((each) => 'in' in each && each.in !== 'path')
  const addressed = parameters.some((each) => 'in' in each && each.in === 'path')
  const restricted = security?.every((way) => (way[SCHEME]?.length ?? 0) > 0) || method !== 'get'
  return [
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
    return [status, { ...answer, headers: { ...theirs, ...each, ...answer.headers } }]
  })
  return { ...operation, responses: Object.fromEntries([...refs, ...own]) }
}
const each = Object.fromEntries(EACH.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

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
