import { createServer, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { hasChromium, openBrowser } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { ask, lookInto } from './watch.ts'

/** Hands on what a site answers: pages in pieces, as over a poor line. */
const slowlyTo = (site: URL) =>
  createServer(({ url, headers }, answer) => {
    request(
      { host: '127.0.0.1', port: site.port, path: url, headers: { ...headers, host: site.host } },
      async (given) => {
        const body = await buffer(given)
        answer.writeHead(given.statusCode ?? 502, given.headers)
        const isPage = given.headers['content-type']?.startsWith('text/html')
        const size = isPage ? 500 : body.length
        for (let at = 0; at < body.length; at += size) {
          answer.write(body.subarray(at, at + size))
          if (isPage) await sleep(20)
        }
        answer.end()
      },
    ).end()
  })

describe.skipIf(!hasChromium)('over a poor line', () => {
  const browser = openBrowser()
  let site: Site
  let slow: string
  let server: ReturnType<typeof slowlyTo>
  beforeAll(async () => {
    site = await openSite()
    const port = await freePort('127.0.0.1')
    const { hostname } = new URL(site.full)
    slow = `http://${hostname}:${port}`
    server = slowlyTo(new URL(site.full))
    await new Promise<void>((started) => server.listen(port, '127.0.0.1', started))
  })
  afterAll(async () => {
    server?.close()
    await site?.close()
  })

  it.each([
    ['a wide window', 1280],
    ['a narrow one', 320],
  ])('a page is shown when all of it has come, and moves no more in %s', async (_, width) => {
    const context = await browser().newContext({ viewport: { width, height: 700 }, locale: 'en' })
    await lookInto(context)
    try {
      const page = await context.newPage()
      for (const path of ['/', '/search?q=tides', '/collections/1']) {
        await page.goto(`${slow}${path}`, { waitUntil: 'networkidle' })
        expect(await ask(page, 'shift'), path).toEqual([])
      }
    } finally {
      await context.close()
    }
  })
})
