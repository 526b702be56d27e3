import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibility, headings, keyboard, loading, targets, validity, width, withoutScripts } from './checks.ts'
import { hasChromium, openBrowser } from './chromium.ts'
import { pages } from './pages.ts'
import { openSite, type Site } from './site.ts'
import { lookInto, watch } from './watch.ts'

/* Every page as a browser shows it: `pages.ts` lists them, `checks.ts` says what is looked at. */

const WIDE = { width: 1280, height: 800 }
/** 1280 pixels enlarged to 200 %. */
const ENLARGED = { width: 640, height: 400 }
const NARROW = { width: 320, height: 640 }

describe.skipIf(!hasChromium)('in a browser', () => {
  const browser = openBrowser()
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  describe.concurrent.each(Object.entries(pages))('%s', (_, at) => {
    it.each(['ja', 'en'])('can be read and used by everyone, in %s', async (language) => {
      const [address, status = 200, bytes] = at(site)
      const faults: { [where: string]: string[] } = {}
      const note = (where: string, found: string[]) => {
        if (found.length > 0) faults[where] = [...(faults[where] ?? []), ...found]
      }
      const context = await browser().newContext({ viewport: WIDE, locale: language, colorScheme: 'light' })
      const plainContext = await browser().newContext({ viewport: NARROW, locale: language, javaScriptEnabled: false })
      await Promise.all([context, plainContext].map(lookInto))
      try {
        const page = await context.newPage()
        const seen = watch(page)
        const response = await page.goto(address, { waitUntil: 'networkidle' })
        expect(response?.status()).toBe(status)
        // Without its database an institution has no languages: the page speaks all of ours, one after the other.
        if (status !== 503) expect(await page.locator('html').getAttribute('lang')).toBe(language)
        note('while it loads', await loading(page, seen, bytes))
        note('as HTML', await validity((await response?.text()) ?? ''))
        note('its headings', await headings(page))
        note('in light colours', await accessibility(page))
        note('at 1280 pixels', await targets(page))
        note('by keyboard', await keyboard(page))
        await page.setViewportSize(ENLARGED)
        note('at 200 %', await width(page))
        await page.emulateMedia({ colorScheme: 'dark' })
        note('at 200 % in dark colours', await accessibility(page))
        await page.close()

        const narrow = await context.newPage()
        const seenNarrow = watch(narrow)
        await narrow.setViewportSize(NARROW)
        await narrow.emulateMedia({ colorScheme: 'dark' })
        await narrow.goto(address, { waitUntil: 'networkidle' })
        note('while it loads at 320 pixels', await loading(narrow, seenNarrow, bytes))
        note('at 320 pixels', [...(await width(narrow)), ...(await targets(narrow))])
        note('at 320 pixels in dark colours', await accessibility(narrow))
        await narrow.emulateMedia({ colorScheme: 'light' })
        note('at 320 pixels in light colours', await accessibility(narrow))

        const plain = await plainContext.newPage()
        await plain.goto(address)
        note('without scripts', await withoutScripts(narrow, plain))
      } finally {
        await context.close()
        await plainContext.close()
      }
      expect(faults).toEqual({})
    })
  })
})
