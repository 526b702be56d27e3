import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { findChromium, NO_CHROMIUM, startChromium } from '../../tools/chromium.ts'

const path = findChromium()
// A check that is left out unseen is none: whoever relies on it sets CI, as .ci/run does.
if (path === undefined && process.env.CI === 'true') throw new Error(NO_CHROMIUM)
if (path === undefined) console.warn(`Pages are not looked at. ${NO_CHROMIUM}`)

export const hasChromium = path !== undefined

/** A browser for the tests of a file. */
export function openBrowser(): () => Browser {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium(path as string)
  })
  afterAll(async () => {
    await browser?.close()
  })
  return () => browser
}
