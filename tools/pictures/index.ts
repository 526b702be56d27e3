import { join } from 'node:path'
import { readLocal, root, stateFolder } from '../../app/cli/local.ts'
import { findChromium, NO_CHROMIUM, startChromium } from '../chromium.ts'

/* `npm run pictures`: pictures of the pages that `npm start` serves, for the documentation: `docs/images/<name>.png`. */

const DESK = { width: 1280, height: 860 }
const PHONE = { width: 375, height: 780 }

/** A picture: whose page, where, in which window, language and colours. */
const PICTURES = [
  { name: 'home', institution: 'aozora', path: '/', size: DESK, language: 'ja', colours: 'light' },
  { name: 'search', institution: 'aozora', path: '/search?q=school', size: DESK, language: 'en', colours: 'light' },
  { name: 'item', institution: 'aozora', path: '/items/11', size: DESK, language: 'ja', colours: 'light' },
  { name: 'item-phone', institution: 'aozora', path: '/items/11', size: PHONE, language: 'en', colours: 'light' },
  { name: 'item-dark', institution: 'misaki', path: '/items/5', size: PHONE, language: 'en', colours: 'dark' },
  { name: 'contents', institution: 'aozora', path: '/collections/2', size: DESK, language: 'ja', colours: 'light' },
  { name: 'people', institution: 'aozora', path: '/people', size: DESK, language: 'ja', colours: 'light' },
  { name: 'api', institution: 'aozora', path: '/api/items', size: DESK, language: 'en', colours: 'light' },
] as const

const local = readLocal(stateFolder())
const path = findChromium()
if (!local) stop('Pictures are made of what npm start serves: start it in another terminal.')
if (!path) stop(NO_CHROMIUM)

const browser = await startChromium(path)
try {
  for (const { name, institution, path, size, language, colours } of PICTURES) {
    const address = local.tenants[institution]?.url
    if (!address) stop(`${institution} is not among what npm start serves.`)
    const page = await browser.newPage({ viewport: size, locale: language, colorScheme: colours })
    const response = await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
    if (!response?.ok()) stop(`${address}${path} answers ${response?.status()}.`)
    const file = join(root, 'docs/images', `${name}.png`)
    await page.screenshot({ path: file })
    await page.close()
    console.log(file.slice(root.length + 1))
  }
} finally {
  await browser.close()
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
