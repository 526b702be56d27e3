import LinkHeader from 'http-link-header'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { writeSecurity } from './security.ts'

let kura: Institutions
let id: string
beforeAll(async () => {
  kura = await openInstitutions(['known'])
  id = kura.ids[0] as string
})
afterAll(() => kura.close())

const get = (path: string, method = 'GET') => kura.request(id, path, { method })

it('lists the interfaces for programs, each with what describes it (RFC 9727)', async () => {
  const response = await get('/.well-known/api-catalog')
  expect(response.headers.get('content-type')).toBe(
    'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
  )
  const url = `https://${id}.example`
  const { linkset } = (await response.json()) as { linkset: { anchor: string; item?: { href: string }[] }[] }
  const [catalog, ...interfaces] = linkset
  const items = catalog?.item?.map(({ href }) => href)
  expect(items).toEqual([`${url}/api/v1`, `${url}/oai`, `${url}/feed.atom`, `${url}/feed.rss`])
  for (const { anchor } of interfaces) expect(items).toContain(anchor)
})

it('says by HEAD where the catalogue is', async () => {
  const { headers } = await get('/.well-known/api-catalog', 'HEAD')
  expect(LinkHeader.parse(headers.get('link') ?? '').rel('api-catalog')[0]?.uri).toBe(
    `https://${id}.example/.well-known/api-catalog`,
  )
})

it('says whom to tell of a weakness (RFC 9116)', async () => {
  const response = await get('/.well-known/security.txt')
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const fields = Object.fromEntries(
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/)),
  )
  expect(fields).toMatchObject({
    Contact: `mailto:library@${id}.example`,
    'Preferred-Languages': 'ja, en',
    Canonical: `https://${id}.example/.well-known/security.txt`,
  })
  const days = (Date.parse(fields.Expires) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(150)
  expect(days).toBeLessThan(365)
})

it('says the same of security all through a month', () => {
  const on = (day: string) =>
    writeSecurity({ url: 'https://kura.example', contact: 'a@kura.example', languages: ['ja'], now: new Date(day) })
  expect(on('2026-12-01T00:00:00Z')).toBe(on('2026-12-31T23:59:59Z'))
  expect(on('2026-12-01T00:00:00Z')).toContain('Expires: 2027-07-01T00:00:00.000Z')
})

it('has nothing else, and makes no page to say so', async () => {
  for (const name of ['change-password', 'openid-configuration', 'acme-challenge/x']) {
    const response = await get(`/.well-known/${name}`)
    expect([response.status, await response.text()], name).toEqual([404, 'There is nothing at this address.\n'])
  }
})
