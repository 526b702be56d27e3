import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonOf } from '../../test/support/depositor.ts'
import { ofClass, parseHtml } from '../../test/support/html.ts'
import { png } from '../../test/support/images.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['own'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'settings:write')
})
afterAll(() => kura.close())

interface SettingsJson {
  colour: string
  about?: { ja: string; en?: string }
  logo?: { url: string; type: string; width: number; height: number }
  contrast: { [scheme: string]: { contrast: number; enough: boolean; offered?: string } }
}

const SETTINGS = '/api/v1/settings'
const send = (method: string, body: unknown, headers: Record<string, string> = {}, path = SETTINGS) =>
  kura.request(id, path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      ...headers,
    },
    body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  })
const patch = (body: unknown, headers: Record<string, string> = { 'if-match': '*' }) => send('PATCH', body, headers)
const putLogo = (bytes: Uint8Array) => send('PUT', bytes, {}, `${SETTINGS}/logo`)
const page = async (path: string) => {
  const response = await kura.request(id, path, { headers: { 'accept-language': 'en' } })
  return { status: response.status, headers: response.headers, elements: parseHtml(await response.text()) }
}

describe('settings', () => {
  it('are read by everyone, and not sent again to whoever has them', async () => {
    const response = await kura.request(id, SETTINGS)
    expect(response.status).toBe(200)
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"\d+"$/)
    expect(await response.json()).toMatchObject({ colour: '#1a5276', contact: `library@${id}.example` })
    expect((await kura.request(id, SETTINGS, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('can be put back as they were read, which changes nothing', async () => {
    const read = await kura.request(id, SETTINGS)
    const etag = read.headers.get('etag') as string
    const put = await send('PUT', await read.json(), { 'if-match': etag })
    expect([put.status, put.headers.get('etag')]).toEqual([200, etag])
  })

  it('are changed in part by a merge patch, and pages say so at once', async () => {
    const changed = await jsonOf<SettingsJson>(patch({ about: { ja: '紀要を\n読む', en: '# Hello\n\n*All* of it.' } }))
    expect(changed.about?.en).toBe('# Hello\n\n*All* of it.')
    const { status, elements } = await page('/about')
    expect(status).toBe(200)
    expect(ofClass(elements, 'prose')?.elements.map(({ name }) => name)).toEqual(['h2', 'p', 'em'])
    expect((await page('/')).elements.some(({ attributes }) => attributes.get('href') === '/about')).toBe(true)
    expect((await jsonOf<SettingsJson>(patch({ about: null }))).about).toBeUndefined()
    expect((await page('/about')).status).toBe(404)
    expect((await page('/')).elements.some(({ attributes }) => attributes.get('href') === '/about')).toBe(false)
  })

  it('are not changed by whoever has not seen the last change', async () => {
    const seen = (await kura.request(id, SETTINGS)).headers.get('etag') as string
    const [one, other] = await Promise.all(
      ['a', 'b'].map((text) => patch({ welcome: { ja: text } }, { 'if-match': seen })),
    )
    expect([one?.status, other?.status].sort()).toEqual([200, 412])
    expect((await patch({ welcome: null }, {})).status).toBe(428)
    expect((await send('PUT', {}, { 'if-match': seen })).status).toBe(422)
  })

  it('are changed by nobody without the scope for it', async () => {
    const stranger = await kura.token(id, 'items:write', 'import', 'transfer', 'files:read')
    for (const [method, path] of [
      ['PUT', SETTINGS],
      ['PATCH', SETTINGS],
      ['PUT', `${SETTINGS}/logo`],
      ['DELETE', `${SETTINGS}/logo`],
    ] as const)
      for (const [authorization, status] of [
        [`Bearer ${stranger}`, 403],
        [undefined, 401],
      ] as const) {
        const response = await kura.request(id, path, {
          method,
          headers: { ...(authorization && { authorization }), 'if-match': '*', 'content-type': 'application/json' },
          ...(method !== 'DELETE' && { body: JSON.stringify(await jsonOf(kura.request(id, SETTINGS))) }),
        })
        expect(response.status, `${method} ${path}`).toBe(status)
      }
  })

  it('that the release before does not know are not where it reads', async () => {
    await patch({ about: { ja: 'x' }, partOf: { label: { ja: 'x' }, url: 'https://www.own.example/' } })
    const { value } = await kura.tenant(id).db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
    expect(Object.keys(value)).toContain('contact')
    for (const name of ['about', 'partOf']) expect(Object.keys(value)).not.toContain(name)
    await patch({ about: null, partOf: null })
  })

  it.each([
    [{ name: null }, 'name'],
    [{ colour: 'red' }, 'colour'],
    [{ languages: [] }, 'languages'],
    [{ links: [{ label: { ja: 'x' }, url: 'javascript:alert(1)' }] }, 'url'],
    [{ partOf: { label: { ja: 'x' }, url: 'ftp://a.example' } }, 'url'],
    [{ about: { ja: 'x'.repeat(20_001) } }, 'about'],
    [{ unheard: 1 }, 'unheard'],
    [{ constructor: { prototype: 1 } }, 'constructor'],
  ])('that are none are refused, and it is said why: %j', async (wrong, where) => {
    const response = await patch(wrong)
    expect(response.status).toBe(422)
    expect((await jsonOf<{ detail: string }>(response)).detail).toContain(where)
  })

  it('are changed by a patch that says it is one', async () => {
    expect((await patch({}, { 'if-match': '*', 'content-type': 'text/plain' })).status).toBe(415)
  })
})

describe('a colour', () => {
  it('is kept as it is, and the nearest shade that can be read is offered where it cannot', async () => {
    const { colour, contrast } = await jsonOf<SettingsJson>(patch({ colour: '#f4d03f' }))
    expect(colour).toBe('#f4d03f')
    expect(contrast.light).toEqual({ contrast: 1.34, enough: false, offered: expect.stringMatching(/^#[0-9a-f]{6}$/) })
    expect(contrast.dark).toMatchObject({ enough: true })
    const taken = await jsonOf<SettingsJson>(patch({ colour: contrast.light?.offered }))
    expect(taken.contrast.light).toMatchObject({ enough: true })
    expect(taken.contrast.light?.contrast).toBeGreaterThanOrEqual(4.5)
  })

  it('of the header’s line may be another one', async () => {
    await patch({ colour: '#1a5276', accent: '#f4d03f' })
    const sheets = (await page('/')).elements.filter(({ attributes }) => attributes.get('rel') === 'stylesheet')
    const theme = sheets.map(({ attributes }) => attributes.get('href') as string).find((href) => /theme/.test(href))
    expect(await (await kura.request(id, theme as string)).text()).toMatch(
      /--brand: #f4d03f; --key: light-dark\(#1a5276/,
    )
    await patch({ accent: null })
  })
})

describe('a logo', () => {
  it('stands in the header with its size, at an address that lasts as long as its bytes', async () => {
    const { logo } = await jsonOf<SettingsJson>(putLogo(png(300, 100)))
    expect(logo).toMatchObject({ type: 'image/png', width: 300, height: 100 })
    const { elements } = await page('/')
    const shown = ofClass(elements, 'logo')?.attributes
    expect([shown?.get('width'), shown?.get('height'), shown?.get('alt')]).toEqual(['120', '40', ''])
    const address = shown?.get('src') as string
    expect(logo?.url).toBe(`https://${id}.example${address}`)
    const response = await kura.request(id, address)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png(300, 100))

    const { logo: next } = await jsonOf<SettingsJson>(putLogo(png(64, 64)))
    expect(next?.url).not.toBe(logo?.url)
    const former = await kura.request(id, address)
    expect([former.status, former.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(Buffer.from(await former.arrayBuffer())).toEqual(png(64, 64))
  })

  it('that is square is the icon too; else the icon is the initial on the colour', async () => {
    const iconOf = async () =>
      (await page('/')).elements.find(({ attributes }) => attributes.get('rel') === 'icon')?.attributes.get('href')
    expect(await iconOf()).toMatch(/^\/logo\./)
    await putLogo(png(300, 100))
    expect(await iconOf()).toBe('/favicon.svg')
    await patch({ name: { ja: '<港>大学' } })
    for (const path of ['/favicon.svg', '/favicon.ico']) {
      const response = await kura.request(id, path)
      expect(response.headers.get('content-type')).toBe('image/svg+xml')
      expect(await response.text()).toMatch(/fill="#1a5276".*fill="#ffffff">&lt;<\/text>/)
    }
  })

  it('that is a drawing may draw, and nothing else', async () => {
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><style>*{}</style></svg>')
    const { logo } = await jsonOf<SettingsJson>(putLogo(drawing))
    const response = await kura.request(id, new URL(logo?.url ?? '').pathname)
    expect(response.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    )
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><script/></svg>')
    expect((await putLogo(script)).status).toBe(422)
  })

  it('is no larger than a page may be', async () => {
    expect((await putLogo(Buffer.alloc(256 * 1024 + 1))).status).toBe(413)
  })

  it('can be taken away', async () => {
    const address = ofClass((await page('/')).elements, 'logo')?.attributes.get('src') as string
    expect((await send('DELETE', undefined, {}, `${SETTINGS}/logo`)).status).toBe(204)
    expect(ofClass((await page('/')).elements, 'logo')).toBeUndefined()
    expect((await kura.request(id, address)).status).toBe(404)
  })
})
