import { randomBytes } from 'node:crypto'

/** Bytes of each page's picture: nothing that compresses, so that pages lie apart in the file. */
const PICTURE = 60_000

/**
 * A PDF with as many pages, each with its number in Latin and in Japanese letters, whose fonts it does not bring:
 * they take pdf.js's own, and its CMaps.
 */
export function pdfOf(pages: number): Buffer {
  const objects = new Map<number, Buffer>()
  const page = (index: number) => 10 + 3 * index
  for (let index = 0; index < pages; index++) {
    const japanese = Buffer.from([0x91, 0xe6]).toString('hex')
    const content = `BT /F1 24 Tf 72 770 Td (Page ${index + 1}) Tj ET BT /F2 18 Tf 72 720 Td <${japanese}> Tj ET q 200 0 0 200 72 450 cm /Im Do Q`
    objects.set(page(index) + 1, stream(Buffer.from(content)))
    const picture = '/Type/XObject/Subtype/Image/Width 100/Height 200/ColorSpace/DeviceRGB/BitsPerComponent 8'
    objects.set(page(index) + 2, stream(randomBytes(PICTURE), picture))
  }
  const kids = Array.from({ length: pages }, (_, index) => page(index))
  for (const number of kids)
    objects.set(
      number,
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${number + 1} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</Im ${number + 2} 0 R>>>>>>`,
      ),
    )
  const rest = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages}/Kids[${kids.map((number) => `${number} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    '<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[5 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor 6 0 R>>',
    '<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 723/Descent -241/CapHeight 709/StemV 69>>',
  ]
  for (const [index, text] of rest.entries()) objects.set(index + 1, Buffer.from(text))
  return written(objects)
}

const stream = (bytes: Buffer, dictionary = '') =>
  Buffer.concat([Buffer.from(`<<${dictionary}/Length ${bytes.length}>>stream\n`), bytes, Buffer.from('\nendstream')])

/** A file of these objects, in their order (ISO 32000-1, section 7.5). */
function written(objects: Map<number, Buffer>): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  const offsets = new Map<number, number>()
  let length = 9
  for (const [number, body] of objects) {
    offsets.set(number, length)
    const part = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    parts.push(part)
    length += part.length
  }
  const size = Math.max(...objects.keys()) + 1
  const table = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number)
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  parts.push(
    Buffer.from(`xref\n0 ${size}\n${table.join('')}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`),
  )
  return Buffer.concat(parts)
}
