import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { faultsOfHtml } from '../support/valid-html.ts'
import { ask, type Watch } from './watch.ts'

/** What is looked at on a page in a browser. Each says in words what is wrong; nothing if nothing is. */

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Bytes that a first page may have, without images. */
const MOST_BYTES = 60_000

/** Accessibility, as far as a program can tell (axe; WCAG 2.2 A and AA, and best practice). */
export async function accessibility(page: Page): Promise<string[]> {
  // Evaluated, and not put into the page: its content security policy would refuse that.
  await page.evaluate(AXE)
  return await ask(page, 'accessibility', RULES)
}

/** Nothing reaches beyond the side of the window. */
export const width = (page: Page) => ask(page, 'width')

/** One heading of the first level, and none that skips a level. */
export const headings = (page: Page) => ask(page, 'headings')

/** Links and controls are 24 pixels high and wide, but for those within a text (WCAG 2.2, success criterion 2.5.8). */
export const targets = (page: Page) => ask(page, 'targets')

/** Whatever can be acted on is reached by the Tab key alone, and can be seen to have the focus. */
export async function keyboard(page: Page): Promise<string[]> {
  const faults: string[] = []
  const unreached = new Set(Array(await ask(page, 'reachable')).keys())
  while (unreached.size > 0) {
    await page.keyboard.press('Tab')
    const focused = await ask(page, 'focused')
    // At the end the focus leaves the page, or begins anew.
    if (!focused || !unreached.delete(focused.place)) break
    faults.push(...focused.faults)
  }
  const missed = await ask(page, 'named', [...unreached])
  return [...faults, ...missed.map((each) => `is not reached by Tab: ${each}`)]
}

/** Nothing was complained of while the page was loaded, nothing moved, and it was not too much. */
export async function loading(page: Page, watch: Watch, most = MOST_BYTES): Promise<string[]> {
  const [refused, shift, bytes] = [await ask(page, 'refused'), await ask(page, 'shift'), await watch.bytes()]
  return [
    ...watch.complaints,
    ...refused,
    ...shift,
    ...(bytes > most ? [`has ${bytes} bytes, compressed and without images: ${most} at most`] : []),
  ]
}

/** The text as the server sent it is valid HTML. */
export const validity = (html: string): Promise<string[]> => faultsOfHtml(html)

/** Without scripts it says all that it says with them; `plain` is the page in a browser that runs none of its own. */
export async function withoutScripts(page: Page, plain: Page): Promise<string[]> {
  const [scripted, without] = [await ask(page, 'content'), await ask(plain, 'content')]
  const missing = scripted.headings.filter((heading) => !without.headings.includes(heading))
  // A tenth may be words for what scripts alone can do.
  const enough = without.characters > 0 && without.characters >= scripted.characters * 0.9
  return [
    ...missing.map((heading) => `has no “${heading}” without scripts`),
    ...(enough ? [] : [`says ${without.characters} characters without scripts, ${scripted.characters} with them`]),
  ]
}
