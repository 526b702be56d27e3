import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['site'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'items:write')
})
afterAll(() => kura.close())

const OURS = 'ours'
/** Asks for a change as a browser or program would. @returns the status. */
async function change(headers: { [name: string]: string }, path = '/api/v1/collections') {
  const { origin } = headers
  const answer = await kura.request(id, path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(origin === OURS && { origin: kura.tenant(id).url }),
    },
    body: '{"name":{"ja":"x"}}',
  })
  return answer.status
}

describe('a change', () => {
  it.each([
    ['a program', {}, 201],
    ['a page of ours', { 'sec-fetch-site': 'same-origin', origin: OURS }, 201],
    ['a page of ours that hides where it is', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 201],
    ['a page of ours, by a browser that says its origin alone', { origin: OURS }, 201],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://other.example' }, 403],
    ['another site, by a browser that says its origin alone', { origin: 'https://other.example' }, 403],
    ['another site that hides where it is', { origin: 'null' }, 403],
    ['a neighbour below the same domain', { 'sec-fetch-site': 'same-site', origin: 'https://www.site.example' }, 403],
    ['something that a person opened', { 'sec-fetch-site': 'none' }, 403],
    ['our host without encryption', { origin: 'http://site.example' }, 403],
    ['a site whose browser claims to be on ours as well', { 'sec-fetch-site': 'cross-site', origin: OURS }, 403],
  ])('with a token that %s asks for is answered as it should be', async (_, headers, status) => {
    expect(await change({ authorization: `Bearer ${token}`, ...headers })).toBe(status)
  })

  it('by a program needs a token, whatever cookies go along', async () => {
    expect(await change({})).toBe(401)
    expect(await change({ cookie: 'session=1' })).toBe(401)
    expect(await change({}, '/search')).toBe(405)
    expect(await change({ cookie: 'session=1' }, '/search')).toBe(401)
  })

  it('is not taken for reading because harvesters may ask by POST', async () => {
    expect(await change({ origin: 'https://other.example' }, '/oai')).toBe(200)
    expect(await change({ origin: 'https://other.example' }, '/oai/x')).toBe(403)
  })

  it('is refused in the institution’s own address, whatever Host the request names', async () => {
    const answer = await kura.request(id, '/api/v1/collections', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, origin: `https://${id}.example:8443`, host: `${id}.example:8443` },
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ title: 'Cross-site request', detail: expect.stringContaining(id) })
  })
})

describe('a script of another site', () => {
  const fromElsewhere = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }
  const ask = (path: string, init: RequestInit = {}) =>
    kura.request(id, path, { ...init, headers: { ...fromElsewhere, ...init.headers } })

  it.each(['/', '/items/99', '/search?q=x', '/api/v1/items/99', '/oai?verb=Identify'])('may read %s', async (path) => {
    const { headers } = await ask(path)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('access-control-expose-headers')?.split(',')).toContain('RateLimit')
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'POST'])(
    'is told beforehand that it may not %s, and not bring a token',
    async (method) => {
      const { status, headers } = await ask('/api/v1/items/1', {
        method: 'OPTIONS',
        headers: { 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
      })
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-methods')).toBe('GET,HEAD')
      expect(headers.get('access-control-allow-headers')?.toLowerCase()).not.toContain('authorization')
    },
  )
})

it('leaves other OPTIONS requests to what is at their address', async () => {
  const answer = await kura.request(id, '/api/v1/collections', { method: 'OPTIONS' })
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toContain('POST')
})

it('sends with every answer what keeps browsers from doing more than they should', async () => {
  for (const path of ['/', '/nothing', '/api/v1/items/99', '/oai?verb=Identify']) {
    const headers = Object.fromEntries((await kura.request(id, path)).headers)
    expect(headers, path).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'cross-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
      'referrer-policy': 'strict-origin',
      'strict-transport-security': 'max-age=15552000',
      'x-content-type-options': 'nosniff',
    })
    expect(headers, path).not.toHaveProperty('x-powered-by')
  }
})
