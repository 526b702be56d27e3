import { join } from 'node:path'
import { readLocal, root, stateFolder } from '../../app/cli/local.ts'
import { findChromium, NO_CHROMIUM, startChromium } from '../chromium.ts'

/*
 * `npm run pictures`: pictures of the pages that `npm start` serves, for the documentation: `docs/images/<name>.png` as a
 * desk has it, `<name>-phone.png` as a hand has it.
 */

const SIZES = [
  { suffix: '', viewport: { width: 1280, height: 860 } },
  { suffix: '-phone', viewport: { width: 375, height: 780 } },
] as const

/** A picture: whose page, where, in which language and colours. */
const PICTURES = [
  { name: 'home', institution: 'aozora', path: '/', language: 'ja', colours: 'light' },
  { name: 'search', institution: 'aozora', path: '/search?q=%E6%B5%B7', language: 'ja', colours: 'light' },
  { name: 'item', institution: 'aozora', path: '/items/1', language: 'ja', colours: 'light' },
  { name: 'item-dark', institution: 'misaki', path: '/items/1', language: 'en', colours: 'dark' },
  { name: 'contents', institution: 'aozora', path: '/collections/2', language: 'ja', colours: 'light' },
] as const

const local = readLocal(stateFolder())
const path = findChromium()
if (!local) stop('Pictures are made of what npm start serves: start it in another terminal.')
if (!path) stop(NO_CHROMIUM)

const browser = await startChromium(path)
try {
  for (const { name, institution, path, language, colours } of PICTURES) {
    const address = local.tenants[institution]?.url
    if (!address) stop(`${institution} is not among what npm start serves.`)
    for (const { suffix, viewport } of SIZES) {
      const page = await browser.newPage({ viewport, locale: language, colorScheme: colours })
      const response = await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
      if (!response?.ok()) stop(`${address}${path} answers ${response?.status()}.`)
      const file = join(root, 'docs/images', `${name}${suffix}.png`)
      await page.screenshot({ path: file })
      await page.close()
      console.log(file.slice(root.length + 1))
    }
  }
} finally {
  await browser.close()
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
