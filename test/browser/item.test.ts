import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createToken } from '../../app/accounts/index.ts'
import type { Dissemination } from '../../app/items/dissemination.ts'
import { listen } from '../../app/platform/listening.ts'
import { depositor, minimalXml } from '../support/depositor.ts'
import { freePort } from '../support/free-port.ts'
import { type Institutions, openInstitutions } from '../support/institutions.ts'
import { pdfOf } from '../support/pdf.ts'
import { hasChromium, openBrowser } from './chromium.ts'

/* What scripts do on an item's page, and that a browser runs nothing else there. */

// What formats say is tested with them.
vi.mock('../../app/records/formats/outputs.ts', async (original) => ({
  ...(await original<object>()),
  cite: (_: Dissemination, style: string) => [{ text: `Cited in ${style}.` }],
  schemaOrg: () => ({ name: '</script><script>document.title = "run"</script>' }),
}))

const PAGES = 30

describe.skipIf(!hasChromium)('on an item’s page', () => {
  const browser = openBrowser()
  let kura: Institutions
  let stop: () => Promise<void>
  let address: string
  let context: BrowserContext
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const port = await freePort('127.0.0.1')
    const urlOf = (id: string) => `http://${id}.localhost:${port}`
    kura = await openInstitutions(['read'], ({ id }) => ({ hosts: [`${id}.localhost`], url: urlOf(id) }))
    const id = kura.ids[0] as string
    const request: Institutions['request'] = (_, path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('host', `${id}.localhost`)
      return Promise.resolve(kura.app.request(`${urlOf(id)}${path}`, { ...init, headers }))
    }
    const token = await createToken(kura.tenant(id), ['import', 'items:write'])
    const [outcome] = await depositor({ ...kura, request }, id, token).zip({
      'r.xml': minimalXml('Read here'),
      'r/1-book.pdf': pdfOf(PAGES),
      'r/2-table.csv': 'a,b\n1,2\n',
      'r/3-broken.pdf': '%PDF-1.4 and no more',
    })
    address = `${urlOf(id)}/items/${outcome?.item.number}`
    stop = await listen(kura.app, { port, addresses: ['127.0.0.1'] })
  })
  afterAll(async () => {
    await stop?.()
    await kura?.close()
  })
  beforeEach(async () => {
    context = await browser().newContext({ locale: 'en', viewport: { width: 1280, height: 800 } })
    page = await context.newPage()
    complaints = []
    page.on('console', (message) => {
      if (!/favicon/.test(message.location().url)) complaints.push(message.text())
    })
    page.on('pageerror', ({ message }) => complaints.push(message))
  })
  afterEach(async () => {
    await context.close()
    // A policy that refuses something says so there.
    expect(complaints).toEqual([])
  })

  const previewOf = (name: string) => page.getByRole('link', { name: `Preview (${name})` })
  const drawn = () => page.locator('.pdf-page canvas').count()

  it('nothing that stands in it runs', async () => {
    await page.goto(address)
    expect(await page.title()).toContain('Read here')
    const data = await page.locator('script[type="application/ld+json"]').textContent()
    expect(JSON.parse(data ?? '').name).toMatch(/^<\/script><script>/)
  })

  it('a PDF opens in place: only pages near are fetched and drawn, with their text, and it closes again', async () => {
    const ranges: string[] = []
    page.on('response', (response) => {
      const range = response.headers()['content-range']
      if (range) ranges.push(range)
    })
    await page.goto(address)
    await previewOf('1-book.pdf').click()
    await page.locator('.pdf-text').first().getByText('Page 1').waitFor({ state: 'attached' })
    expect(await page.locator('.pdf-page').count()).toBe(PAGES)
    expect(await page.locator('.pdf-count').textContent()).toBe(String(PAGES))
    expect(await page.locator('.pdf-text').first().textContent()).toBe('Page 1第')
    expect(await drawn()).toBeLessThan(4)
    expect(ranges.length).toBeLessThan(4)

    await page.getByRole('spinbutton', { name: 'Page' }).fill('20')
    await page.keyboard.press('Enter')
    await page.locator('.pdf-page').nth(19).locator('canvas').waitFor()
    await page.locator('.pdf-page').first().locator('canvas').waitFor({ state: 'detached' })
    expect(await drawn()).toBeLessThan(6)
    const narrow = (await page.locator('.pdf-page').nth(19).boundingBox())?.width ?? 0
    await page.getByRole('button', { name: 'Larger' }).click()
    expect((await page.locator('.pdf-page').nth(19).boundingBox())?.width).toBeGreaterThan(narrow)

    expect(new URL(page.url()).hash).toBe('#file-1')
    await previewOf('1-book.pdf').click()
    expect(await page.locator('.preview').count()).toBe(0)
    expect(await previewOf('1-book.pdf').getAttribute('aria-expanded')).toBe('false')
  })

  it('a preview opens by keyboard, and where the address names its file', async () => {
    await page.goto(address)
    await previewOf('2-table.csv').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('columnheader', { name: 'b' }).waitFor()
    expect(await previewOf('2-table.csv').getAttribute('aria-expanded')).toBe('true')
    await page.goto('about:blank')
    await page.goto(`${address}#file-2`)
    await page.getByRole('columnheader', { name: 'b' }).waitFor()
  })

  it('what cannot be drawn leaves a way to the file', async () => {
    await page.goto(address)
    await previewOf('3-broken.pdf').click()
    await page.getByRole('link', { name: 'Open the file' }).waitFor()
    expect(await page.locator('.pdf-pages').isVisible()).toBe(false)
  })

  it('a citation is copied in the style that was chosen, which is remembered', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()')
    await page.goto(address)
    await page.getByRole('button', { name: 'Copy citation' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await copied()).toBe('Cited in apa.')
    await page.getByRole('radio', { name: 'MLA' }).check()
    await page.goto(`${address}?again`)
    expect(await page.getByText('Cited in mla.').isVisible()).toBe(true)
    expect(await page.getByText('Cited in apa.').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Copy citation' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await copied()).toBe('Cited in mla.')
  })

  it('a browser that does not let us copy selects', async () => {
    await page.addInitScript('Object.defineProperty(navigator, "clipboard", { value: undefined })')
    await page.goto(address)
    await page.getByRole('button', { name: 'Copy address' }).click()
    await page.getByRole('status').getByText('Selected').waitFor()
    expect(await page.evaluate('getSelection().toString()')).toBe(address)
  })

  it('without scripts there are no buttons for them, and a preview is a page', async () => {
    const plain = await browser().newContext({ locale: 'en', javaScriptEnabled: false })
    const without = await plain.newPage()
    await without.goto(address)
    expect(await without.getByRole('button', { name: 'Copy' }).count()).toBe(0)
    expect(await without.getByText('Cited in apa.').isVisible()).toBe(true)
    await without.getByRole('link', { name: 'Preview (1-book.pdf)' }).click()
    expect(await without.getByRole('link', { name: 'Open the file' }).count()).toBe(2)
    expect(await without.locator('.pdf-pages').isVisible()).toBe(false)
    await plain.close()
  })
})
