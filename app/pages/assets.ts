import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
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
  .use('/assets/*', compress(), etag())
  .get('/assets/:name{[a-z0-9-]+\\.[0-9a-f]+\\.css}', (c) => {
    const [name = '', asked] = c.req.param('name').split('.')
    const content = contentOf(name)
    if (content === undefined) return c.notFound()
    return c.body(content, 200, headers('text/css; charset=utf-8', asked === hash(content)))
  })
  .get('/assets/:script{[a-z]+\\.[0-9A-Z]+\\.js}', (c) => {
    const script = scriptOf(c.req.param('script'))
    if (!script) return c.notFound()
    return c.body(script.text, 200, headers('text/javascript; charset=utf-8', script.present))
  })
  .get('/assets/:library{pdfjs-[0-9.]+}/:file{[\\w/.-]+}', async (c) => {
    // Another version would not fit what the page has of it already.
    const file = await pdfjsFile(c.req.path)
    return file ? c.body(file.bytes, 200, headers(file.type, true)) : c.notFound()
  })

const headers = (type: string, lasting: boolean) => ({
  'content-type': type,
  'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
  'x-content-type-options': 'nosniff',
})

function contentOf(name: string): string | undefined {
  if (name === 'kura') return stylesheet
  if (name === 'reference') return reference
  const [, colour, accent = colour] = /^theme-([0-9a-f]{6})(?:-([0-9a-f]{6}))?$/.exec(name) ?? []
  return colour && theme(`#${colour}`, `#${accent}`)
}
