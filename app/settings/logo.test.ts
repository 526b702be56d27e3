import { describe, expect, it, test } from 'vitest'
import { png } from '../../test/support/images.ts'
import { fc } from '../../test/support/property.ts'
import { Problem } from '../platform/problem.ts'
import { inspectLogo } from './logo.ts'

const svg = (inner = '', attributes = 'width="120" height="40"') =>
  Buffer.from(`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`)
const sizeOf = (bytes: Uint8Array) => {
  const { type, width, height } = inspectLogo(bytes)
  return [type, width, height]
}

/** A JPEG of no more than its header: a start, a camera's note of how it lay, and a frame of 30 × 20. */
const jpeg = (orientation: number) =>
  Buffer.from(
    `ffd8ffe1001e${Buffer.from('Exif\0\0').toString('hex')}4d4d002a00000008000101120003000000010${orientation.toString(16).padStart(3, '0')}0000ffc0000b08001400${'1e'}01011100ffd9`,
    'hex',
  )
const webp = (chunk: string, body: string) =>
  Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.from(chunk), Buffer.from(body, 'hex')])

describe('the size of a logo', () => {
  test.each([
    ['PNG', png(300, 100), ['image/png', 300, 100]],
    ['WebP', webp('VP8X', `0a000000${'00000000'}${'2b0100'}${'630000'}`), ['image/webp', 300, 100]],
    ['SVG', svg(), ['image/svg+xml', 120, 40]],
    ['SVG in millimetres', svg('', 'width="25.4mm" height="50.8mm"'), ['image/svg+xml', 96, 192]],
    ['SVG with a viewBox alone', svg('', 'viewBox="0 0 64 16"'), ['image/svg+xml', 64, 16]],
    ['SVG in per cent', svg('', 'width="100%" height="100%" viewBox="0,0,64,16"'), ['image/svg+xml', 64, 16]],
  ])('is read from %s', (_, bytes, size) => {
    expect(sizeOf(bytes)).toEqual(size)
  })

  it('is that of the picture upright, also where the camera lay on its side', () => {
    expect(sizeOf(jpeg(1))).toEqual(['image/jpeg', 30, 20])
    expect(sizeOf(jpeg(6))).toEqual(['image/jpeg', 20, 30])
  })
})

describe('what cannot be a logo', () => {
  test.each([
    ['holds <script>', svg('<script>alert(1)</script>')],
    ['holds <foreignObject>', svg('<g><foreignObject/></g>')],
    ['holds onload', svg('', 'width="1" height="1" onload="alert(1)"')],
    ['declares entities', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['no well-formed XML', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">')],
    ['nested deeper', svg(`${'<g>'.repeat(101)}${'</g>'.repeat(101)}`)],
    ['no SVG', Buffer.from('<html><body>x</body></html>')],
    ['neither width', svg('', '')],
    ['pixels', svg('', 'width="5000" height="10"')],
    ['pixels', png(10_000, 10)],
    ['is broken', png(10, 10).subarray(0, 20)],
    ['no PNG', Buffer.from('GIF89a')],
    ['no PNG', Buffer.from('')],
  ])('is refused, because it %s', (why, bytes) => {
    expect(() => inspectLogo(bytes)).toThrow(why)
  })

  it('is refused with a reason, whatever it is, and soon', () => {
    const starts = [png(1, 1), jpeg(1), webp('VP8 ', ''), webp('VP8L', '2f'), svg()]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.nat(40), fc.uint8Array({ maxLength: 400 }), (start, kept, rest) => {
        try {
          const { width, height } = inspectLogo(Buffer.concat([start.subarray(0, kept), rest]))
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
