import { readRange } from './input.ts'
import { markupText } from './markup.ts'
import { officeText } from './office.ts'
import { pdfText } from './pdf.ts'
import { plainText } from './plain.ts'
import { Unreadable } from './unreadable.ts'

/** Bytes in which a file says what it is; a PDF may have others before (ISO 32000-1, implementation note 13). */
const HEAD = 1024

/**
 * The text of the file on standard input, in pieces. What its first bytes say counts for more than the media type that
 * it is said to have.
 *
 * @throws Unreadable if there is no text in it, or none that we can read.
 */
export function textOf(type: string): AsyncIterable<string> | Iterable<string> {
  const head = Buffer.from(readRange(0, HEAD))
  if (head.length === 0) throw new Unreadable('is empty')
  const start = head.toString('latin1')
  if (start.includes('%PDF-')) return pdfText()
  if (start.startsWith('PK\x03\x04')) return officeText()
  if (start.startsWith('\xd0\xcf\x11\xe0')) throw new Unreadable('is an Office file of before 2007, or has a password')
  if (start.startsWith('{\\rtf')) throw new Unreadable('is RTF')
  if (/^text\/html\b|^application\/xhtml/.test(type) || /^\W*<(!doctype\s+html|html)\b/i.test(start))
    return markupText('html')
  // Of an XML in UTF-16, the letters stand between zeros.
  if (/[/+]xml\b/.test(type) || /^\W*<\0?\?\0?x\0?m\0?l/.test(start)) return markupText('xml')
  return plainText()
}
