import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimalXml } from '../../test/support/depositor.ts'
import { type HtmlElement, ofClass, parseHtml } from '../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { Problem } from '../platform/problem.ts'

let kura: Institutions
let id: string
let staff: ReturnType<typeof depositor>
let item: number
beforeAll(async () => {
  kura = await openInstitutions(['errors'])
  kura.app.get('/broken', () => {
    throw new Error('broken')
  })
  kura.app.get('/pressed', () => {
    throw new Problem(429, 'Too many requests', 'Slower, please.', { 'retry-after': '7' })
  })
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  kura.clock.set('2026-05-01T00:00:00Z')
  const [outcome] = await staff.zip({ 'a.xml': minimalXml('A'), 'a/later.txt': 'later', 'a/never.txt': 'never' })
  item = outcome?.item.number as number
  const files = [
    { name: 'later.txt', access: 'embargoed', until: '2027-04-01' },
    { name: 'never.txt', access: 'closed' },
  ]
  await staff.api(`/items/${item}`, 'PATCH', { files }, { 'if-match': '*' })
})
afterAll(() => kura.close())

async function error(path: string, language: 'ja' | 'en' = 'en') {
  const response = await kura.request(id, path, { headers: { 'accept-language': language } })
  const message = ofClass(parseHtml(await response.text()), 'message') as HtmlElement
  const linked = message.elements.flatMap(({ attributes }) => attributes.get('href') ?? [])
  const words = message.elements.find(({ attributes }) => attributes.get('name') === 'q')?.attributes.get('value')
  const reference = message.elements.find(({ name }) => name === 'code')?.text
  return { response, status: response.status, text: message.text, linked, words, reference }
}

describe('an error', () => {
  it('of what is not there offers a search for the words of its address, and where all begins', async () => {
    const { status, linked, words } = await error('/papers/tide-tables.html')
    expect(status).toBe(404)
    expect(words).toBe('papers tide tables')
    expect(linked).toEqual(['/', '/search', '/collections'])
  })

  it('of a file under embargo says when it opens, and leads to what is known of its item', async () => {
    for (const [language, day] of [
      ['en', 'This file will open on 1 April 2027.'],
      ['ja', '2027年4月1日'],
    ] as const) {
      const { status, text, linked } = await error(`/items/${item}/files/later.txt`, language)
      expect(status).toBe(403)
      expect(text).toContain(day)
      expect(linked).toEqual([`/items/${item}`])
    }
    const closed = await error(`/items/${item}/files/never.txt`)
    expect([closed.status, closed.linked]).toEqual([403, [`/items/${item}`]])
    expect(closed.text).not.toMatch(/open on/)
  })

  it('of a file whose item was withdrawn says that it is gone', async () => {
    const [outcome] = await staff.zip({ 'w.xml': minimalXml('W'), 'w/w.txt': 'w' })
    const number = outcome?.item.number
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'x' })
    const { status, text, linked } = await error(`/items/${number}/files/w.txt`)
    expect(status).toBe(410)
    expect(text).toContain('This page is gone')
    expect(linked).toContain(`/items/${number}`)
  })

  it('of too many requests says when to come again', async () => {
    const { status, text } = await error('/pressed')
    expect(status).toBe(429)
    expect(text).toContain('after 7 seconds')
  })

  it('on our side says so, and nothing of what broke', async () => {
    const { status, text } = await error('/broken')
    expect(status).toBe(500)
    expect(text).not.toContain('broken')
  })

  it.each(['/nothing', '/broken', '/pressed'])('has the number that its request has in the logs: %s', async (path) => {
    const { reference, response } = await error(path)
    expect(reference).toBe(response.headers.get('x-request-id'))
  })
})
