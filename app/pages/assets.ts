import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { type Hex, readableShade } from './colour.ts'

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

/** An institution's colour as custom properties: as it is, and in the shades that can be read in either scheme. */
const theme = (colour: Hex) =>
  `:root { --brand: ${colour}; --key: light-dark(${readableShade(colour, 'light')}, ${readableShade(colour, 'dark')}); }\n`

const hash = (content: string) => createHash('sha256').update(content).digest('hex').slice(0, 16)

/** Address of the style sheet of all pages. It changes with the content. */
export const stylesheetAddress = `/assets/kura.${hash(stylesheet)}.css`

/** Address of the style sheet of the API's reference, to be named after that of all pages. */
export const referenceAddress = `/assets/reference.${hash(reference)}.css`

/**
 * Address of an institution's theme. It names the colour, which is all that a theme is made from, so that it can be
 * served without knowing the institution.
 */
export function themeAddress(colour: Hex): string {
  return `/assets/theme-${colour.slice(1)}.${hash(theme(colour))}.css`
}

/**
 * The routes under `/assets/`. What is asked for by the address of its present content may be kept for a year; by an
 * older one (a page that another release made), the present content is sent but not kept.
 */
export const assets = new Hono().use('/assets/*', etag()).get('/assets/:name{[a-z0-9-]+\\.[0-9a-f]+\\.css}', (c) => {
  const [name = '', asked] = c.req.param('name').split('.')
  const content = contentOf(name)
  if (content === undefined) return c.notFound()
  return c.body(content, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': asked === hash(content) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
  })
})

function contentOf(name: string): string | undefined {
  if (name === 'kura') return stylesheet
  if (name === 'reference') return reference
  const [, colour] = /^theme-([0-9a-f]{6})$/.exec(name) ?? []
  return colour && theme(`#${colour}`)
}
