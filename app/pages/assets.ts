import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { conditional, etagOf } from '../platform/conditional.ts'
import type { Settings } from '../tenancy/schema.ts'
import { type Hex, readableShade } from './colour.ts'
import { pdfjsFile } from './pdfjs.ts'
import { scriptOf } from './scripts.ts'

/** Files of `assets/`. Each names the layer that it belongs to; the layers' order decides which wins. */
const FILES = [
  'reset',
  'tokens',
  'base',
  'layout',
  'parts',
  'lists',
  'search',
  'collections',
  'item',
  'citing',
  'preview',
  'browse',
  'site',
  'print',
]

const text = (address: string) => readFileSync(new URL(import.meta.resolve(address)), 'utf8')

const stylesheet = [
  '@layer reset, tokens, base, layout, parts, print;',
  `@layer tokens { ${text('@digital-go-jp/design-tokens/dist/tokens.css')} }`,
  ...FILES.map((file) => text(`./assets/${file}.css`)),
].join('\n')

/** What the reference of the API needs beside it: few readers come there. */
const reference = text('./assets/reference.css')

/** An institution's colours as custom properties: as they are, and in the shades that can be read in either scheme. */
const theme = (colour: Hex, accent: Hex) =>
  `:root { --brand: ${accent}; --key: light-dark(${readableShade(colour, 'light')}, ${readableShade(colour, 'dark')}); }\n`

const hash = (content: string) => createHash('sha256').update(content).digest('hex').slice(0, 16)

/** Address of the style sheet of all pages. It changes with the content. */
export const stylesheetAddress = `/assets/kura.${hash(stylesheet)}.css`

/** Address of the style sheet of the API's reference, to be named after that of all pages. */
export const referenceAddress = `/assets/reference.${hash(reference)}.css`

/**
 * Address of an institution's theme. It names the colours, which are all that a theme is made from, so that it can be
 * served without knowing the institution.
 */
export function themeAddress({ colour, accent = colour }: Pick<Settings, 'colour' | 'accent'>): string {
  const name = [colour, ...(accent === colour ? [] : [accent])].map((each) => each.slice(1)).join('-')
  return `/assets/theme-${name}.${hash(theme(colour, accent))}.css`
}

/**
 * The routes under `/assets/`. What is asked for by the address of its present content may be kept for a year; by an
 * older one (a page that another release made), the present content is sent but not kept.
 */
export const assets = new Hono()
  .use('/assets/*', conditional())
  .get('/assets/:name{[a-z0-9-]+\\.[0-9a-f]+\\.css}', async (c) => {
    const [name = '', asked] = c.req.param('name').split('.')
    const content = contentOf(name)
    if (content === undefined) return c.notFound()
    // Themes are small, and there are as many as colours.
    const asset = name.startsWith('theme') ? assetOf(content) : await ready(name, () => content)
    return send(c, asset, 'text/css; charset=utf-8', asked === hash(content))
  })
  .get('/assets/:script{[a-z]+\\.[0-9A-Z]+\\.js}', async (c) => {
    const script = scriptOf(c.req.param('script'))
    if (!script) return c.notFound()
    const asset = await ready(script.file, () => script.text)
    return send(c, asset, 'text/javascript; charset=utf-8', script.file === c.req.param('script'))
  })
  .get('/assets/:library{pdfjs-[0-9.]+}/:file{[\\w/.-]+}', async (c) => {
    // Another version would not fit what the page has of it already.
    const file = pdfjsFile(c.req.path)
    return file ? send(c, await ready(c.req.path, file.read), file.type, true) : c.notFound()
  })

interface Asset {
  etag: string
  plain: Buffer<ArrayBuffer>
  zipped?: Buffer<ArrayBuffer>
}

function assetOf(content: string | Uint8Array): Asset {
  const plain = Buffer.from(content as string)
  // The same for what is compressed and what is not: weak.
  return { plain, etag: `W/${etagOf(plain)}` }
}

/** What has been sent once, as it is sent again: compressing it each time would cost more than most pages do. */
const sent = new Map<string, Promise<Asset>>()

function ready(name: string, read: () => string | Promise<Uint8Array>): Promise<Asset> {
  const known = sent.get(name)
  if (known) return known
  const asset = (async () => {
    const asset = assetOf(await read())
    return { ...asset, zipped: await promisify(gzip)(asset.plain, { level: 9 }) }
  })()
  asset.catch(() => sent.delete(name))
  sent.set(name, asset)
  return asset
}

function send(c: Context, { etag, plain, zipped }: Asset, type: string, lasting: boolean): Response {
  const encoding = accepts(c, { header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' })
  const isZipped = zipped !== undefined && encoding === 'gzip'
  if (isZipped) c.header('content-encoding', 'gzip')
  return c.body(isZipped ? zipped : plain, 200, {
    'content-type': type,
    'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
    etag,
  })
}

function contentOf(name: string): string | undefined {
  if (name === 'kura') return stylesheet
  if (name === 'reference') return reference
  const [, colour, accent = colour] = /^theme-([0-9a-f]{6})(?:-([0-9a-f]{6}))?$/.exec(name) ?? []
  return colour && theme(`#${colour}`, `#${accent}`)
}
