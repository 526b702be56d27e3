import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import type { Look } from './page/answers.ts'

const path = new URL('./page/look.ts', import.meta.url)
/** As a script and not a module: it has to have run before the page's own. */
const SCRIPT = `{${stripTypeScriptTypes(readFileSync(path, 'utf8'))}}`

/** Has every page of a context looked at from before it is loaded. */
export const lookInto = (context: BrowserContext): Promise<unknown> => context.addInitScript({ content: SCRIPT })

/** Asks what runs in the page. */
export const ask = <Name extends keyof Look>(
  page: Page,
  name: Name,
  ...given: Parameters<Look[Name]>
): Promise<Awaited<ReturnType<Look[Name]>>> => page.evaluate(`look.${name}(...${JSON.stringify(given)})`)

/** What is noted beside a page while it is loaded. */
export interface Watch {
  /** Bytes of the page itself, its style sheets, scripts and fonts, as the server in front sends them: compressed. */
  bytes(): Promise<number>
  /** What the console told of as wrong, what broke, and what could not be had. */
  complaints: string[]
}

export function watch(page: Page): Watch {
  const complaints: string[] = []
  const sizes: Promise<number>[] = []
  page.on('console', (message) => {
    // Of an error page the browser says that it is one; of a closed repository the icon is gone too.
    const { url } = message.location()
    const expected = /status of (400|403|404|410|503)/.test(message.text()) && (url === page.url() || isIcon(url))
    if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('response', (response) => {
    const type = response.request().resourceType()
    const isGone = response.status() === 410 && isIcon(response.url())
    if (type !== 'document' && response.status() >= 400 && !isGone)
      complaints.push(`${response.url()} answers ${response.status()}`)
    // What draws a file is of the file, as images are.
    const isOfFile = response.url().includes('/assets/pdfjs-')
    if (!isOfFile && ['document', 'stylesheet', 'script', 'font'].includes(type))
      sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  return { complaints, bytes: async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) }
}

const isIcon = (url: string) => url.endsWith('/favicon.svg')
