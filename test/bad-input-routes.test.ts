import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseXml } from '../app/records/formats/xml.ts'
import { depositor, minimal, minimalXml } from './support/depositor.ts'
import { parseHtml } from './support/html.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { awkward, awkwardBytes, isSendable } from './support/nonsense.ts'
import { fc, timeout, tried } from './support/property.ts'
import { type Received, type Sent, type Server, serve } from './support/server.ts'

/** Whatever is sent to whatever address: the answer is clear, and nothing is lost. */

let kura: Institutions
let server: Server
let id: string
/** By how much they may: nobody, and holders of tokens. */
let tokens: string[]
/** What is there before and has to be there after. */
const KEPT = 4_711
const kept = ['', '/files/kept.txt', '/versions/1'].map((rest) => `/items/${KEPT}${rest}`)
let before: string[]

beforeAll(async () => {
  kura = await openInstitutions(['clear'])
  server = await serve(kura)
  id = kura.ids[0] as string
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  await staff.lines({ source: 'kept.xml', number: KEPT, record: minimal('Kept') })
  await staff.zip({ 'kept.xml': minimalXml('Kept'), 'kept/kept.txt': 'These words stay.' })
  await staff.api(`/items/${KEPT}/versions`, 'POST')
  await kura.settle()
  tokens = [await kura.token(id, 'files:read'), await kura.token(id, 'import', 'items:write')]
  before = await stored()
})
afterAll(async () => {
  await server.close()
  await kura.close()
})

/** What readers, programs and harvesters get of what has to stay; without what each answer has of its own. */
async function stored(): Promise<string[]> {
  const record = `/oai?verb=GetRecord&metadataPrefix=jpcoar&identifier=oai:${id}.example:0000${KEPT}`
  const answers = []
  for (const path of [...kept, `/api/v1/items/${KEPT}`, record]) {
    const { status, text } = await server.send(id, { path })
    answers.push(`${status} ${text.replace(/<responseDate>.*/, '')}`)
  }
  return answers
}

/** What is wrong with an answer, in words. */
function faultsOf({ method = 'GET', path }: Sent, { status, headers, text }: Received): string[] {
  const type = String(headers['content-type'] ?? '').split(';')[0]
  const faults: string[] = []
  // Before it is known what was asked for, and where: of what is no address, and of what is too long to be read.
  if (text.startsWith('This request cannot be understood: '))
    return (status === 400 && path.includes('\\')) || status === 431 ? [] : [text]
  const fault = (what: string) => faults.push(`${status} ${what}: ${text.slice(0, 300)}`)
  if (status >= 500) fault('is not the sender’s fault')
  if (/\[object |node_modules|\bat .*\.ts:/.test(text) && status >= 400) fault('shows its workings')
  if (method === 'HEAD') return faults
  if (status >= 400 && path.startsWith('/api/v')) {
    if (type !== 'application/problem+json') fault(`is ${type}`)
    else {
      const problem = JSON.parse(text) as { title?: string; status?: number; detail?: string }
      if (problem.status !== status || !problem.title || (problem.detail ?? '').length < 10)
        fault('does not say what is wrong')
    }
  } else if (status >= 400 && path.startsWith('/.well-known/')) {
    // Who asks here is no reader.
    if (text.length < 10) fault('does not say what is wrong')
  } else if (status >= 400) {
    if (type !== 'text/html' || !parseHtml(text).some(({ name, text }) => name === 'h1' && text !== ''))
      fault('is no page')
  } else if (type === 'text/xml' || type === 'application/xml') {
    try {
      parseXml(text, new Map())
    } catch (error) {
      fault(`is no XML: ${error}`)
    }
  }
  if (type === 'application/x-ndjson')
    for (const line of text.split('\n').filter(Boolean)) {
      const { status, errors } = JSON.parse(line)
      if (status === 'rejected' && !errors.every(({ message }: { message: string }) => message.length > 3))
        fault('does not say why')
    }
  return faults
}

const QUERY = [
  ...['q', 'after', 'lang', 'version', 'verb', 'metadataPrefix', 'from', 'until', 'set', 'identifier'],
  ...[
    'resumptionToken',
    'source',
    'number',
    'oaiIdentifier',
    'publicationDate',
    'sort',
    'size',
    'type',
    'year',
    'check',
  ],
]
const SAID = [
  ...['Identify', 'ListRecords', 'ListIdentifiers', 'ListSets', 'GetRecord', 'jpcoar', 'oai_dc', 'jpcoar_2.1', 'en'],
  ...['2026-01-01', '2026-02-31', '0000-00-00', '9999-12-31', '2026-01-01T00:00:00Z', '2026-01-01.1', '2026-02-31.5'],
  ...['0001-01-01.999999999', `oai:x.example:00000001`],
  ...[
    { verb: 'ListRecords', after: 1, metadataPrefix: 'jpcoar' },
    { verb: 'ListRecords', after: 9e15, metadataPrefix: 'oai_dc' },
  ]
    .concat([{ verb: 'ListSets', after: 2 ** 53 } as never, { verb: 'ListRecords', after: 1e308, metadataPrefix: 'x' }])
    .map((token) => Buffer.from(JSON.stringify(token)).toString('base64url')),
]
const TYPES = [
  ...[
    'application/json',
    'application/x-ndjson',
    'application/xml',
    'text/xml',
    'application/zip',
    'text/csv',
    'text/plain',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
  ],
  ...[
    'APPLICATION/JSON',
    'application/merge-patch+json',
    'image/png',
    'json',
    ';',
    '',
    'application/xml; charset="',
    'text/*',
  ],
]
const HEADERS: { readonly [name: string]: readonly string[] } = {
  accept: ['application/xml', '*/*', 'application/xml;q=0.5, text/html;q=x', ';', 'a/b/c', ',,,'],
  'accept-language': ['en', 'ja-JP-x-y', '*', 'en;q=-1', 'a'.repeat(9_000), '%00'],
  'accept-encoding': ['gzip', 'br', 'gzip;q=0', '*', 'identity;q=0', 'gzip'.repeat(900)],
  cookie: ['lang=en', '__Host-lang=xx', '=;=', 'a'.repeat(8_000), '__Host-lang=%E0%A4%A'],
  'content-encoding': ['gzip', 'deflate', 'br', 'zstd', 'identity', 'gzip, gzip', 'x', ''],
  'content-type': TYPES,
  range: ['bytes=0-0', 'bytes=-0', 'bytes=9-1', 'bytes=99999999999999999999-', 'lines=1', 'bytes=0-0,1-1'],
  'if-match': ['*', '"1"', '"x"', '"99999999999999999999"', 'W/"1"', ',,,', '1'],
  'if-none-match': ['*', 'x', '"'],
  'if-range': ['"', 'Wed, 01 Jan 2026'],
  'if-modified-since': ['yesterday'],
  'idempotency-key': ['x', '"', 'a'.repeat(5_000)],
  origin: ['null', 'https://evil.example'],
  'x-forwarded-host': ['evil.example'],
  'x-http-method-override': ['DELETE'],
}

/** A value in place of a parameter of a route, as it may stand in a request line. */
const segment = awkward.map((text) => (isSendable(text) && !/[?#/]/.test(text) && text !== '' ? text : encode(text)))
const encode = (text: string) => encodeURIComponent(text.toWellFormed())

const pair = fc.tuple(fc.oneof(fc.constantFrom(...QUERY), awkward), fc.oneof(fc.constantFrom(...SAID), awkward))
const query = fc
  .array(pair, { maxLength: 5 })
  .map((pairs) => pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))
/** As nobody who encodes would write it. */
const rawQuery = awkward.filter(isSendable)

const header = fc
  .constantFrom(...Object.keys(HEADERS))
  .chain((name) => fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...(HEADERS[name] as string[])), awkward)))
  .filter(([, value]) => /^[\x20-\x7e\t]*$/.test(value))

const BODIES = [
  ...[
    '{}',
    '[]',
    'null',
    '"',
    '{"publicationDate":"0000-00-00"}',
    '{"publicationDate":"9999-12-31"}',
    '{"reason":"\\u0000"}',
  ],
  ...[
    '{"reason":"\\ud800"}',
    '{"files":[{"name":"\\u0000","access":"open"}]}',
    '{"name":{"ja":"\\ud800"}}',
    '{"collections":[99999]}',
  ],
  ...['{"collections":[2147483648]}', '{"name":{"ja":"x"},"parent":0}', '{"__proto__":{"x":1}}', '[['.repeat(3_000)],
  ...['{"files":[{"name":"x","access":"embargoed","until":"-0001-01-01"}]}', '{"reason":1e999}'],
]
const body = fc.oneof(
  fc.constantFrom(...BODIES),
  fc.json({ maxDepth: 3 }),
  awkward,
  awkwardBytes,
  query,
  fc.json({ maxDepth: 2 }).map((json) => `{"source":"x","record":${json}}`),
)

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE', 'QUERY', 'M-SEARCH']

describe('an answer', () => {
  it(
    'is clear, whatever is sent to a route, and what was stored is there as before',
    async () => {
      const routes = inspectRoutes(kura.app).filter(({ isMiddleware }) => !isMiddleware)
      const request = fc.record({
        route: fc.constantFrom(...new Set(routes.map(({ method, path }) => `${method} ${path}`))),
        segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
        query: fc.oneof(query, rawQuery),
        method: fc.option(fc.constantFrom(...METHODS), { freq: 5 }),
        headers: fc.array(header, { maxLength: 4 }),
        who: fc.oneof(fc.constantFrom(-1, 0, 1, 1), awkward),
        body: fc.option(body),
      })
      await fc.assert(
        fc.asyncProperty(request, async (given) => {
          const [method, pattern] = given.route.split(' ') as [string, string]
          const rest = [...given.segments]
          const path = pattern.replace(/:\w+(\{[^/]*\})?/g, () => rest.pop() as string)
          const sent: Sent = {
            method: given.method ?? method,
            path: given.query === '' ? path : `${path}?${given.query}`,
            headers: {
              ...Object.fromEntries(given.headers),
              ...authorization(given.who),
            },
            ...(given.body !== null && { body: given.body }),
          }
          const answer = await server.send(id, sent)
          expect(faultsOf(sent, answer)).toEqual([])
          expect(await stored()).toEqual(before)
        }),
        tried('bad requests', 400, 12),
      )
    },
    timeout(12),
  )
})

function authorization(who: number | string): Record<string, string> {
  if (typeof who === 'string') return /^[\x20-\x7e]*$/.test(who) ? { authorization: `Bearer ${who}` } : {}
  const token = tokens[who]
  return token ? { authorization: `Bearer ${token}` } : {}
}
