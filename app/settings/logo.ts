import { createHash } from 'node:crypto'
import type { ISizeCalculationResult } from 'image-size/types/interface'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import { Problem } from '../platform/problem.ts'
import type { Logo, LogoType } from '../tenancy/schema.ts'
import { SvgError, sizeOfSvg } from './svg.ts'

/** Bytes of a logo at most: every reader of every page gets it. */
export const LOGO_SIZE = 256 * 1024
/** Pixels of a side at most: a browser unpacks it whole. */
const LONGEST_SIDE = 4_096

const RASTERS = { 'image/png': PNG, 'image/jpeg': JPG, 'image/webp': WEBP } as const

/**
 * What an image is, by what is in it: neither its name nor what its sender says of it counts.
 *
 * @throws Problem 422 with what is wrong, if it cannot be a logo.
 */
export function inspectLogo(bytes: Uint8Array): Logo {
  // The reader of sizes looks at the memory behind the bytes: they get memory of their own.
  const { type, width, height } = measure(new Uint8Array(bytes))
  if (!(Math.max(width, height) <= LONGEST_SIDE && Math.min(width, height) >= 1))
    throw refused(`is ${width} × ${height} pixels: its sides may have 1 to ${LONGEST_SIDE}`)
  return { type, width, height, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const refused = (why: string) => new Problem(422, 'Invalid', `This logo ${why}.`)

function measure(bytes: Uint8Array): { type: LogoType; width: number; height: number } {
  try {
    for (const [type, { validate, calculate }] of Object.entries(RASTERS))
      if (validate(bytes)) return { type: type as LogoType, ...upright(calculate(bytes)) }
  } catch {
    throw refused('is broken: its size cannot be read')
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (/^\s*</.test(text)) return { type: 'image/svg+xml', ...sizeOfSvg(text) }
  } catch (error) {
    if (error instanceof SvgError) throw refused(error.message)
    // What is no UTF-8 is no SVG either.
    if (!(error instanceof TypeError)) throw error
  }
  throw refused('is no PNG, JPEG, WebP or SVG')
}

/** The sides as a browser shows them: a camera may have lain on its side (Exif 2.3, section 4.6.4, tag 274). */
const upright = ({ width, height, orientation = 1 }: ISizeCalculationResult) =>
  orientation >= 5 ? { width: height, height: width } : { width, height }
