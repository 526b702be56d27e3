import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocument, PDFDataRangeTransport, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
// What the library would load when it begins.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs'
import { input } from './input.ts'
import { Unreadable } from './unreadable.ts'

const library = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))

/** The library's CMaps and fonts, by name, read before the file is: afterwards nothing can be opened any more. */
const held = new Map(
  ['cmaps', 'standard_fonts'].flatMap((folder) =>
    readdirSync(join(library, folder)).map((name) => [name, readFileSync(join(library, folder, name))] as const),
  ),
)

/** Gives the library its data, where by itself it would open files. */
class HeldData {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const data = held.get(filename)
    if (!data) throw new Error(`there is no ${filename}`)
    return new Uint8Array(data)
  }
}

/**
 * The text of a PDF, page by page, in the order in which it is drawn. Fonts that are not embedded are read by the
 * predefined CMaps (ISO 32000-1, section 9.7.5.2), which the library brings. A page that is damaged does not keep the
 * others from being read.
 *
 * @throws Unreadable if it needs a password.
 */
export async function* pdfText(): AsyncGenerator<string> {
  const task = getDocument({
    range: new InputRange(input.size(), null),
    // Only what a page's text needs is read: of a scanned book's images nothing.
    disableAutoFetch: true,
    disableStream: true,
    cMapPacked: true,
    BinaryDataFactory: HeldData,
    useSystemFonts: false,
    useWasm: false,
    isImageDecoderSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  const document = await task.promise.catch((error) => {
    throw error?.name === 'PasswordException' ? new Unreadable('needs a password') : error
  })
  let failure: unknown
  let read = 0
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number)
      yield await pageText(page)
      page.cleanup()
      read++
    } catch (error) {
      failure = error
    }
  }
  if (read === 0 && failure !== undefined) throw failure
}

async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent()
  let text = ''
  for (const item of items) {
    if (!('str' in item)) continue
    text += item.str
    if (item.hasEOL) text += '\n'
  }
  return `${joinLines(text)}\n`
}

/** A line of Japanese or Chinese ends anywhere, also within a word: only the page's width parted what it parts. */
const joinLines = (text: string) =>
  text.replace(
    /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、])\n(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])/gu,
    '',
  )

class InputRange extends PDFDataRangeTransport {
  override requestDataRange(begin: number, end: number) {
    this.onDataRange(begin, input.range(begin, end))
  }
}
