import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { accessibility, headings, keyboard, loading, targets, validity, width, withoutScripts } from './checks.ts'
import { hasChromium, openBrowser } from './chromium.ts'
import { lookInto, type Watch, watch } from './watch.ts'

/* Each check finds what it is there to find: a page on which nothing else is wrong. */

const ADDRESS = 'http://page.example/'
const good = (inner = '', head = '') => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title><meta name="viewport" content="width=device-width">
<style>a, button { display: inline-block; min-height: 24px; min-width: 24px }</style>${head}</head>
<body><main><h1>A page</h1>${inner}</main></body>
</html>`

type Check = (page: Page, watch: Watch, html: string) => Promise<string[]>
const checks: { readonly [name: string]: Check } = {
  accessibility,
  width,
  headings,
  targets,
  keyboard,
  loading: (page, watch) => loading(page, watch),
  validity: (_, __, html) => validity(html),
}

/** Words that no compression makes a page small of. */
const words = Array.from({ length: 30_000 }, (_, i) => ((i * 7919) % 99_991).toString(36)).join(' ')

/** The name of a check, what is wrong, the page, and what is said of it. */
const bad: [check: keyof typeof checks, what: string, html: string, says: RegExp][] = [
  ['accessibility', 'pale text', good('<p style="color: #bbb; background: #fff">pale</p>'), /color-contrast/],
  ['accessibility', 'an image without words', good('<img src="data:,">'), /image-alt/],
  [
    'width',
    'what is too wide',
    good('<p style="width: 2000px">wide</p>'),
    /2\d\d\d pixels wide in a window of 800.*<p/,
  ],
  ['headings', 'two of the first level', good('<h1>Another</h1>'), /has 2 headings h1/],
  ['headings', 'a level that is skipped', good('<h3>Deep</h3>'), /h3 follows h1/],
  ['targets', 'a low button', good('<button style="min-height: 0; height: 20px">x</button>'), /20.0 pixels: <button/],
  ['keyboard', 'a focus without an outline', good('<a href="/x" style="outline: none">x</a>'), /nothing shows it: <a/],
  [
    'keyboard',
    'a link outside the window',
    good('<a href="/x" style="position: absolute; top: -500px">x</a>'),
    /out of sight: <a/,
  ],
  [
    'keyboard',
    'a link that keeps the focus',
    good(
      '<a href="/1">1</a> <a href="/2">2</a><script>document.querySelector("a").onkeydown = e => e.preventDefault()</script>',
    ),
    /not reached by Tab: <a href="\/2"/,
  ],
  ['loading', 'what the console says', good('<script>console.error("broke")</script>'), /console: broke/],
  ['loading', 'a script that breaks', good('<script>throw new Error("broke")</script>'), /script: broke/],
  ['loading', 'an image that is not there', good('<img src="/missing.png" alt="">'), /missing.png answers 404/],
  ['loading', 'what cannot be had', good('<link rel="stylesheet" href="/refused.css">'), /refused.css/],
  [
    'loading',
    'what the content security policy refuses',
    good('<script>x</script>', '<meta http-equiv="content-security-policy" content="script-src \'none\'">'),
    /content security policy: script-src-elem refuses inline/,
  ],
  [
    'loading',
    'what moves',
    good(
      '<p id="late"></p><p id="below">Below</p><script>below.style.height = "300px"; setTimeout(() => { late.style.height = "200px" }, 300)</script>',
    ),
    /moves by 0\.\d+ while it loads: .*Below/,
  ],
  ['loading', 'too many bytes', good(`<p>${words}</p>`), /bytes, compressed/],
  ['validity', 'a block in a paragraph', good('<p><div>x</div></p>'), /element-permitted-content|close-order|implicit/],
]

describe.skipIf(!hasChromium)('a check', () => {
  const browser = openBrowser()

  /** Opens a page as a server would send it, and asks. */
  async function opened<T>(html: string, ask: (page: Page, seen: Watch) => Promise<T>, scripts = true): Promise<T> {
    const context = await browser().newContext({ viewport: { width: 800, height: 600 }, javaScriptEnabled: scripts })
    await lookInto(context)
    await context.route('**', (route) => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/refused.css') return route.abort()
      return pathname === '/'
        ? route.fulfill({ contentType: 'text/html', body: html })
        : route.fulfill({ status: 404, body: '' })
    })
    try {
      const page = await context.newPage()
      const seen = watch(page)
      await page.goto(ADDRESS, { waitUntil: 'networkidle' })
      return await ask(page, seen)
    } finally {
      await context.close()
    }
  }

  it('finds nothing where nothing is wrong', async () => {
    const html = good('<h2>Part</h2><p>Text with <a href="/x">a link</a>.</p><button type="button">Do</button>')
    for (const [name, check] of Object.entries(checks))
      expect(await opened(html, (page, seen) => check(page, seen, html)), name).toEqual([])
  })

  it.concurrent.each(bad)('of %s finds %s', async (name, _, html, says) => {
    const found = await opened(html, (page, seen) => (checks[name] as Check)(page, seen, html))
    expect(found.join('\n')).toMatch(says)
  })

  it('finds what is there with scripts alone', async () => {
    const html = good(
      '<h2 hidden>Part</h2><p></p><script>h = document.querySelector("h2"); h.hidden = false; h.nextSibling.textContent = "Words ".repeat(50)</script>',
    )
    const faults = await opened(html, (page) => opened(html, (plain) => withoutScripts(page, plain), false))
    expect(faults).toEqual([
      'has no “Part” without scripts',
      expect.stringMatching(/^says \d+ characters without scripts, \d+ with them$/),
    ])
  })
})
