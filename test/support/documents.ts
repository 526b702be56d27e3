import { deflateSync } from 'node:zlib'
import { zipOf } from './zip.ts'

/** Documents of the kinds that depositors bring, each as little as readers accept. */

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')

/** A font of a PDF, and how a text is written in it. */
interface Font {
  dictionary: string
  /** Further objects, from number 10 on. */
  objects?: string[]
  show(text: string): string
}

const latin: Font = {
  dictionary: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  show: (text) => `(${text.replace(/[()\\]/g, '\\$&')})`,
}

/** A Japanese font that the file does not bring: only the predefined CMap says which character a code is. */
const japanese = (encoding: string, show: Font['show']): Font => ({
  dictionary: `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3-${encoding} /Encoding /${encoding} /DescendantFonts [10 0 R] >>`,
  objects: [
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /FontDescriptor 11 0 R
        /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>`,
    `<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [-123 -257 1001 910]
        /ItalicAngle 0 /Ascent 709 /Descent -241 /CapHeight 709 /StemV 69 >>`,
  ],
  show,
})

export const fonts = {
  latin,
  /** Codes are UTF-16. */
  utf16: japanese('UniJIS-UTF16-H', (text) => `<${utf16(text)}>`),
  /** Codes are CP932, which the caller writes in hexadecimal. */
  cp932: japanese('90ms-RKSJ-H', (hexadecimal) => `<${hexadecimal}>`),
}

interface PdfOptions {
  font?: Font
  /** Bytes of an object that takes the place of the first page's content, as it is written in the file. */
  content?: Buffer
  /** Entries of the trailer besides. */
  trailer?: string
  /** Where the cross-reference table is said to be, if not where it is. */
  startxref?: number
}

/** A PDF 1.7 (ISO 32000-1) of pages of lines. */
export function pdfOf(pages: string[][], { font = latin, content, trailer = '', startxref }: PdfOptions = {}): Buffer {
  const objects = new Map<number, Buffer>()
  const add = (number: number, body: string | Buffer) => objects.set(number, Buffer.from(body as string, 'latin1'))
  const first = 20
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  add(1, '<< /Type /Catalog /Pages 2 0 R >>')
  add(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`)
  add(3, font.dictionary)
  for (const [index, body] of (font.objects ?? []).entries()) add(10 + index, body)
  for (const [index, lines] of pages.entries()) {
    const number = first + index * 2
    add(
      number,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${number + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>`,
    )
    const shown = lines.map((line, at) => `1 0 0 1 50 ${800 - at * 14} Tm ${font.show(line)} Tj`).join('\n')
    const stream = deflateSync(`BT /F 10 Tf\n${shown}\nET`)
    add(number + 1, index === 0 && content ? content : streamOf(stream))
  }
  const parts = [Buffer.from('%PDF-1.7\n')]
  let length = parts[0]?.length ?? 0
  const offsets = new Map<number, number>()
  for (const [number, body] of objects) {
    const object = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    offsets.set(number, length)
    parts.push(object)
    length += object.length
  }
  const size = Math.max(...objects.keys()) + 1
  const entries = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number)
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n${entries.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${startxref ?? length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

/** A content stream of bytes that have been deflated. */
export const streamOf = (deflated: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`<< /Length ${deflated.length} /Filter /FlateDecode >>\nstream\n`),
    deflated,
    Buffer.from('\nendstream'),
  ])

const word = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`

const contentTypes = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

/** A Word document with this body, in WordprocessingML. */
export const docxOf = (body: string, more: Record<string, string | Uint8Array> = {}) =>
  zipOf({ '[Content_Types].xml': contentTypes, 'word/document.xml': word(body), ...more })

/** A PowerPoint presentation of slides of one text each. */
export const pptxOf = (slides: string[]) =>
  zipOf({
    '[Content_Types].xml': contentTypes,
    ...Object.fromEntries(
      slides.map((text, index) => [
        `ppt/slides/slide${index + 1}.xml`,
        `<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`,
      ]),
    ),
  })

/** An Excel workbook with these shared strings, as SpreadsheetML, and one sheet. */
export const xlsxOf = (strings: string, sheet: string) =>
  zipOf({
    '[Content_Types].xml': contentTypes,
    'xl/sharedStrings.xml': `<sst xmlns="urn:x">${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="urn:x"><sheetData><row>${sheet}</row></sheetData></worksheet>`,
  })

/** An OpenDocument file with this body. */
export const odtOf = (body: string) =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="urn:o" xmlns:text="urn:t"><office:automatic-styles>not this</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
  })
