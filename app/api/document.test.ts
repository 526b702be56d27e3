import { Validator } from '@seriousme/openapi-schema-validator'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { type Scope, scopes } from '../accounts/index.ts'
import { acceptedTypes } from '../deposit/inputs/index.ts'
import type { Document, Operation } from './document.ts'
import { tags } from './tags.ts'

let kura: Institutions
let id: string
let document: Document

beforeAll(async () => {
  kura = await openInstitutions(['reference'])
  id = kura.ids[0] as string
  document = (await (await kura.request(id, '/api/v1/openapi.json')).json()) as Document
})
afterAll(() => kura.close())

/** Every operation, by its method and path. */
const operations = (): [name: string, operation: Operation][] =>
  Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation as Operation,
    ]),
  )

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  it('has every route of the API, and no others', () => {
    // What every HTTP server answers with GET (HEAD) or about a route (OPTIONS) needs no words.
    const routes = inspectRoutes(kura.app)
      .filter(({ isMiddleware, path, method }) => !isMiddleware && path.startsWith('/api/v1') && method !== 'HEAD')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([a-zA-Z]+)(\{[^/]*\})?/g, '{$1}')}`)
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(routes.sort())
  })

  it('says of each operation what it is, where it belongs, and who may call it', () => {
    const known = tags.map(({ name }) => name)
    const wanting = operations().filter(
      ([, { tags = [], operationId, summary, security }]) =>
        tags.length !== 1 || !known.includes(tags[0] as string) || !operationId || !summary || !security,
    )
    expect(wanting.map(([name]) => name)).toEqual([])
    const ids = operations().map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    // A part without an operation is none.
    expect(new Set(operations().flatMap(([, { tags = [] }]) => tags))).toEqual(new Set(known))
  })

  it('gives an example of each JSON that an operation takes', () => {
    const without = operations().filter(([, { requestBody }]) => {
      const type = requestBody && 'content' in requestBody ? requestBody.content['application/json'] : undefined
      return type && !('example' in type) && !JSON.stringify(type).includes('ImportLine')
    })
    expect(without.map(([name]) => name)).toEqual([])
  })

  it('names every form in which records can come', () => {
    const { requestBody } = document.paths?.['/api/v1/imports']?.post ?? {}
    const named = requestBody && 'content' in requestBody ? Object.keys(requestBody.content) : []
    expect(named.sort()).toEqual(acceptedTypes.toSorted())
  })

  it('has patterns without what JavaScript alone writes behind them', () => {
    // The library would write a flag into the pattern, which nothing could match then.
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)]
    const said = patterns.map(([, pattern = '']) => JSON.parse(pattern) as string)
    expect(said.length).toBeGreaterThan(10)
    expect(said.filter((pattern) => /\$\/[a-z]*$/.test(pattern) || !new RegExp(pattern, 'u'))).toEqual([])
  })

  it('has no reference that leads nowhere', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^/"]+)\/([^/"]+)"/g)
    const components = document.components as unknown as { [kind: string]: { [name: string]: unknown } }
    const lost = [...references].filter(([, kind = '', name = '']) => components[kind]?.[name] === undefined)
    expect(lost.map(([reference]) => reference)).toEqual([])
  })

  it('is the institution’s own, and answers 304 to who has it', async () => {
    expect(document.servers).toEqual([{ url: `https://${id}.example` }])
    expect(document.info.title).toContain(`${id} University`)
    const first = await kura.request(id, '/api/v1/openapi.json')
    const headers = { 'if-none-match': first.headers.get('etag') as string }
    expect((await kura.request(id, '/api/v1/openapi.json', { headers })).status).toBe(304)
  })

  it('says who is let in as it is: with the scope that it names, and without no other', async () => {
    for (const [name, { security = [], requestBody, parameters }] of operations()) {
      const scope = security.flatMap((way) => way.token ?? [])[0] as Scope | undefined
      const [method = '', path = ''] = name.split(' ')
      const type = requestBody && 'content' in requestBody ? Object.keys(requestBody.content)[0] : undefined
      const call = async (...held: Scope[]) => {
        const token = held.length > 0 ? await kura.token(id, ...held) : undefined
        const response = await kura.request(id, path.replaceAll(/\{\w+\}/g, '77777'), {
          method,
          headers: {
            ...(token && { authorization: `Bearer ${token}` }),
            ...(type && { 'content-type': type }),
          },
          ...(type && { body: JSON.stringify(exampleOf(document, requestBody, type)) }),
        })
        await response.body?.cancel()
        return response.status
      }
      if (scope === undefined) expect([401, 403], name).not.toContain(await call())
      else {
        expect([await call(), await call(...scopes.filter((other) => other !== scope))], name).toEqual([401, 403])
        expect([401, 403], name).not.toContain(await call(scope))
      }
      expect(parameters?.every((each) => 'name' in each && each.name !== 'authorization') ?? true, name).toBe(true)
    }
  })
})

/** The example that the document has of a body. */
function exampleOf(document: Document, body: Operation['requestBody'], type: string): unknown {
  const media = body && 'content' in body ? body.content[type] : undefined
  const line = document.components?.schemas?.ImportLine
  return media?.example ?? (line && 'example' in line ? line.example : {})
}

describe('the entrance of the API', () => {
  it('leads to its document and to what people read', async () => {
    const response = await kura.request(id, '/api/v1')
    expect(response.headers.get('content-type')).toMatch('application/json')
    expect(response.headers.get('link')).toContain('rel="service-desc"')
    const { document, reference } = (await response.json()) as { document: string; reference: string }
    for (const address of [document, reference])
      expect((await kura.request(id, new URL(address).pathname)).status, address).toBe(200)
  })
})

describe('a problem', () => {
  it('lists each thing that is wrong with what was sent', async () => {
    const response = await kura.request(id, '/api/v1/search?size=0&from=x')
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      detail: expect.stringMatching(/size: .*; from: .*|from: .*; size: /),
      errors: expect.arrayContaining([
        { path: 'size', message: expect.any(String) },
        { path: 'from', message: expect.any(String) },
      ]),
    })
  })
})
