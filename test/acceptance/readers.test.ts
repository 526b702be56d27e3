import { describe, expect, it } from 'vitest'
import { ask, type Institution, instance, itemsOn, tenant } from './client.ts'

const institutions: Institution[] = ['aozora', 'hidamari', 'misaki']

/** The items of an institution's examples whose page holds a text. */
async function itemWith(id: Institution, text: string): Promise<{ number: number; page: string }> {
  for (const number of itemsOn(await ask(id, '/search?q='))) {
    const page = (await ask(id, `/items/${number}?lang=${id === 'hidamari' ? 'ja' : 'en'}`)).text
    if (page.includes(text)) return { number, page }
  }
  throw new Error(`no example of ${id} shows "${text}"`)
}

describe('the file for tools', () => {
  it('names the address of each institution, with a token, and nothing else', () => {
    expect(instance()).toEqual({
      url: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      tenants: Object.fromEntries(
        institutions.map((id) => [
          id,
          {
            url: expect.stringMatching(new RegExp(`^http://${id}\\.localhost:\\d+$`)),
            adminToken: expect.stringMatching(/^kura_/),
          },
        ]),
      ),
    })
  })
})

describe.each(institutions)('%s', (id) => {
  it('shows its own name and its newest items on its home page', async () => {
    const home = await ask(id, '/')
    expect(home.status).toBe(200)
    expect(home.headers['content-type']).toMatch(/^text\/html/)
    expect(itemsOn(home).length).toBeGreaterThan(0)
    for (const other of institutions.filter((each) => each !== id)) expect(home.text).not.toContain(other)
  })

  it('shows each of its items, under an address that lasts', async () => {
    for (const number of itemsOn(await ask(id, '/search?q='))) {
      const page = await ask(id, `/items/${number}`)
      expect(page.status, `${id} ${number}`).toBe(200)
      expect(page.text).toContain(`<link rel="canonical" href="${tenant(id).url}/items/${number}"`)
      expect((await ask(id, `/records/${number}`)).headers.location).toBe(`${tenant(id).url}/items/${number}`)
    }
  })

  it('answers what is not there with a page that helps, in its own name', async () => {
    for (const path of ['/items/99999', '/nothing', '/items/abc', '/items/1/files/nothing.pdf']) {
      const answer = await ask(id, path)
      expect(answer.status, path).toBe(404)
      expect(answer.text, path).toMatch(/<h1/)
    }
  })

  it('keeps health and metrics to itself', async () => {
    for (const path of ['/metrics', '/healthz', '/readyz']) expect((await ask(id, path)).status, path).toBe(404)
  })

  it('lets a browser run nothing but its own files', async () => {
    const { headers, text } = await ask(id, '/')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(text).not.toMatch(/<script(?! type="module" src="\/assets\/)|style="|onclick/)
    for (const [, path] of text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
      const sheet = await ask(id, path as string)
      expect([sheet.status, sheet.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
    }
  })
})

describe('the language of a page', () => {
  const languageOf = (text: string) => /<html lang="(\w+)"/.exec(text)?.[1]

  it('is the one asked for, then remembered, then accepted, then the institution’s first', async () => {
    const answer = async (path: string, headers = {}) => languageOf((await ask('aozora', path, { headers })).text)
    expect(await answer('/?lang=en', { cookie: 'lang=ja', 'accept-language': 'ja' })).toBe('en')
    expect(await answer('/', { cookie: 'lang=en', 'accept-language': 'ja' })).toBe('en')
    expect(await answer('/', { 'accept-language': 'fr, en;q=0.8, ja;q=0.5' })).toBe('en')
    expect(await answer('/', { 'accept-language': 'fr' })).toBe('ja')
    expect((await ask('aozora', '/')).headers.vary).toMatch(/Accept-Language/)
  })

  it('is never one that the institution does not offer', async () => {
    expect(languageOf((await ask('hidamari', '/?lang=en', { headers: { 'accept-language': 'en' } })).text)).toBe('ja')
  })
})

describe('files', () => {
  it('that are open are sent whole or in part', async () => {
    const { page, number } = await itemWith('misaki', '.csv')
    const [, path] = /href="(?:https?:\/\/[^"/]+)?(\/items\/\d+\/files\/[^"]+\.csv)"/.exec(page) ?? []
    const whole = await ask('misaki', path as string)
    expect(whole.status, `${number}`).toBe(200)
    const part = await ask('misaki', path as string, { headers: { range: 'bytes=0-9' } })
    expect([part.status, part.text]).toEqual([206, whole.text.slice(0, 10)])
  })

  it('under embargo, or restricted, are named but not sent', async () => {
    for (const access of ['embargoed access', 'restricted access']) {
      const [number] = itemsOn(await ask('aozora', `/search?access=${encodeURIComponent(access)}`))
      const item = JSON.parse((await ask('aozora', `/api/v1/items/${number}`)).text)
      expect(item.access.right).toBe(access)
      expect(item.files.length).toBeGreaterThan(0)
      for (const { url, readable } of item.files) {
        expect(readable).toBe(false)
        expect((await ask('aozora', new URL(url).pathname)).status).toBe(403)
      }
    }
  })
})

describe('an unknown host', () => {
  it('gets a bare 404 without a trace of any institution', async () => {
    for (const host of ['localhost', 'nobody.localhost', 'aozora.example', '127.0.0.1']) {
      const answer = await ask('aozora', '/', { headers: { host } })
      expect([answer.status, answer.text], host).toEqual([404, 'There is no repository at this address.\n'])
    }
  })
})
