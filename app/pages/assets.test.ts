import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { assets, stylesheetAddress, themeAddress } from './assets.ts'

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
    // Compressed, as it is sent: most of what a first page weighs is the page.
    expect(gzipSync(css).length).toBeLessThan(15_000)
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
