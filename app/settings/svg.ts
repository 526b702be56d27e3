import { SaxesParser } from 'saxes'

const SVG = 'http://www.w3.org/2000/svg'
/** Levels of elements: a browser draws each within the one around it. */
const DEEPEST = 100

/** Why an SVG cannot be a logo. */
export class SvgError extends Error {
  override name = 'SvgError'
}

/**
 * The size of an SVG (SVG 2, section 8), in CSS pixels; its proportions, where it says nothing else.
 *
 * @throws SvgError if it is no SVG, says no size, or holds what is more than a drawing: a script, another document, or
 *   declarations of its own. What links and style sheets in it would load is the browser's to refuse: see `serve.ts`.
 */
export function sizeOfSvg(text: string): { width: number; height: number } {
  const parser = new SaxesParser({ xmlns: true })
  let size: { width: number; height: number } | undefined
  let depth = 0
  parser.on('error', (error) => {
    throw new SvgError(`is no well-formed XML: ${error.message}`)
  })
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw new SvgError('declares entities of its own: save it as plain SVG')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (++depth > DEEPEST) throw new SvgError(`is nested deeper than ${DEEPEST} levels`)
    if (depth === 1 && !size) {
      if (local !== 'svg' || uri !== SVG) throw new SvgError('is XML, but no SVG')
      size = sizeIn((name) => attributes[name]?.value)
    }
    if (/^(script|foreignObject|handler|iframe)$/i.test(local)) throw new SvgError(`holds <${local}>`)
    const handler = Object.keys(attributes).find((name) => /^on/i.test(name))
    if (handler !== undefined) throw new SvgError(`holds ${handler}`)
  })
  parser.on('closetag', () => {
    depth--
  })
  parser.write(text).close()
  if (!size) throw new SvgError('is empty')
  return size
}

/** Pixels of the units that a size may be in (CSS Values and Units 4, section 6.2). */
const UNITS: { readonly [unit: string]: number } = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

function sizeIn(attribute: (name: string) => string | undefined): { width: number; height: number } {
  const box = attribute('viewBox')
    ?.trim()
    .split(/[\s,]+/)
    .map(Number)
  const [width, height] = (['width', 'height'] as const).map((side) => {
    const [, number = '', unit = ''] = /^\s*(\d*\.?\d+)(px|pt|pc|mm|cm|in)?\s*$/.exec(attribute(side) ?? '') ?? []
    return Number(number) * (UNITS[unit] as number)
  }) as [number, number]
  if (width > 0 && height > 0) return { width, height }
  const [, , boxWidth = 0, boxHeight = 0] = box ?? []
  if (boxWidth > 0 && boxHeight > 0) return { width: boxWidth, height: boxHeight }
  throw new SvgError('says neither width and height nor a viewBox')
}
