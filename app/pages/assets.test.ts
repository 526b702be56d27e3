import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { assets, stylesheetAddress, themeAddress } from './assets.ts'
import { pdfjsAddress } from './pdfjs.ts'
import { scriptAddress } from './scripts.ts'

const YEAR = 'public, max-age=31536000, immutable'

describe('a style sheet', () => {
  test.each([stylesheetAddress, themeAddress({ colour: '#1a5276' })])('at %s is kept for a year', async (address) => {
    const response = await assets.request(address)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('cache-control')).toBe(YEAR)
  })

  test('is not sent again to whoever has it', async () => {
    const etag = (await assets.request(stylesheetAddress)).headers.get('etag') ?? ''
    const response = await assets.request(stylesheetAddress, { headers: { 'if-none-match': etag } })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
  })

  test('is sent compressed to who can read that, and as it is to others', async () => {
    const sent = (encoding: string) => assets.request(stylesheetAddress, { headers: { 'accept-encoding': encoding } })
    const plain = await assets.request(stylesheetAddress)
    const zipped = await sent('br, gzip')
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await plain.text())
    for (const encoding of ['identity', 'gzip;q=0', 'br'])
      expect((await sent(encoding)).headers.get('content-encoding'), encoding).toBeNull()
    expect(zipped.headers.get('vary')).toBe('Accept-Encoding')
    expect(zipped.headers.get('etag')).toBe(plain.headers.get('etag'))
  })

  test('asked for by a page of another release is the present one, and is not kept', async () => {
    const response = await assets.request('/assets/kura.0123456789abcdef.css')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-cache')
  })

  test('of an unknown name is not there', async () => {
    for (const name of ['other.00.css', 'theme-red.00.css', 'theme-1a5276.css', '..%2fassets.ts'])
      expect((await assets.request(`/assets/${name}`)).status).toBe(404)
  })

  test('of all pages puts the design tokens and every part in its layer', async () => {
    const css = await (await assets.request(stylesheetAddress)).text()
    expect(css).toMatch(/^@layer reset, tokens, base, layout, parts, print;/)
    expect(css).toContain('--color-primitive-blue-900: #0017c1')
    expect(new Set(css.match(/^@layer \w+ \{/gm))).toHaveProperty('size', 6)
    // Together with the longest ordinary page this stays under what a phone should have to load.
    const sent = await assets.request(stylesheetAddress, { headers: { 'accept-encoding': 'gzip' } })
    expect(sent.headers.get('content-encoding')).toBe('gzip')
    expect((await sent.arrayBuffer()).byteLength).toBeLessThan(15_000)
  })
})

describe('a script', () => {
  test('is kept for a year under the address of its content, and loads what it needs from its own folder', async () => {
    const response = await assets.request(scriptAddress('item'))
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, YEAR])
    const [, pdf] = /import\("\.\/(pdf\.\w+\.js)"\)/.exec(await response.text()) ?? []
    expect((await assets.request(`/assets/${pdf}`)).headers.get('cache-control')).toBe(YEAR)
  })

  test('asked for by a page of another release is the present one, and is not kept', async () => {
    const response = await assets.request('/assets/item.00000000.js')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })

  test('is small: the first page that a phone loads has it too', async () => {
    expect((await (await assets.request(scriptAddress('item'))).text()).length).toBeLessThan(5_000)
  })

  test('of an unknown name is not there', async () => {
    for (const name of ['other.00000000.js', 'item.js', 'toString.00000000.js'])
      expect((await assets.request(`/assets/${name}`)).status).toBe(404)
  })
})

describe('pdf.js', () => {
  test.each([
    ['legacy/build/pdf.min.mjs', 'text/javascript; charset=utf-8'],
    ['legacy/build/pdf.worker.min.mjs', 'text/javascript; charset=utf-8'],
    ['wasm/openjpeg_nowasm_fallback.js', 'text/javascript; charset=utf-8'],
    ['wasm/jbig2_nowasm_fallback.js', 'text/javascript; charset=utf-8'],
    ['cmaps/90ms-RKSJ-H.bcmap', 'application/octet-stream'],
    ['standard_fonts/LiberationSans-Regular.ttf', 'font/ttf'],
    ['standard_fonts/FoxitFixed.pfb', 'application/octet-stream'],
  ])('has %s, kept for a year', async (file, type) => {
    const response = await assets.request(`${pdfjsAddress}${file}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
    expect(response.headers.get('cache-control')).toBe(YEAR)
  })

  test('gives out nothing else, and nothing of another version', async () => {
    for (const address of [
      `${pdfjsAddress}package.json`,
      `${pdfjsAddress}cmaps/../package.json`,
      `${pdfjsAddress}wasm/openjpeg.wasm`,
      '/assets/pdfjs-1.0.0/legacy/build/pdf.min.mjs',
    ])
      expect((await assets.request(address)).status).toBe(404)
  })
})

test('a theme says the colour as it is, and its readable shades', async () => {
  const css = await (await assets.request(themeAddress({ colour: '#f4d03f' }))).text()
  expect(css).toMatch(/--brand: #f4d03f; --key: light-dark\(#[0-9a-f]{6}, #f4d03f\);/)
  expect(themeAddress({ colour: '#f4d03f' })).not.toBe(themeAddress({ colour: '#f4d03e' }))
  expect(await (await assets.request(themeAddress({ colour: '#f4d03f', accent: '#1a5276' }))).text()).toMatch(
    /--brand: #1a5276; --key: light-dark\(#[0-9a-f]{6}, #f4d03f\);/,
  )
})
