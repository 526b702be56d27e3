import { input } from './input.ts'
import { Unreadable } from './unreadable.ts'

/** Bytes in which a file says what it is; a PDF may have others before (ISO 32000-1, implementation note 13). */
const HEAD = 1024

/** The text of the file on standard input, in pieces. It throws {@link Unreadable} where there is none. */
type Parser = () => Iterable<string> | AsyncIterable<string>

/**
 * The parser for the file on standard input, loaded with all that it needs. What the file's first bytes say counts for
 * more than the media type that it is said to have.
 *
 * @throws Unreadable if there is no text in it, or none that we can read.
 */
export async function parserFor(type: string): Promise<Parser> {
  const head = Buffer.from(input.range(0, HEAD))
  if (head.length === 0) throw new Unreadable('is empty')
  const start = head.toString('latin1')
  // Each is loaded where it is needed: most of a small file's time is that of starting.
  if (start.includes('%PDF-')) return (await import('./pdf.ts')).pdfText
  if (start.startsWith('PK\x03\x04')) return (await import('./office.ts')).officeText
  if (start.startsWith('\xd0\xcf\x11\xe0')) throw new Unreadable('is an Office file of before 2007, or has a password')
  if (start.startsWith('{\\rtf')) throw new Unreadable('is RTF')
  const { markupText } = await import('./markup.ts')
  if (isHtml(type, start)) return () => markupText('html')
  if (isXml(type, start)) return () => markupText('xml')
  return (await import('./plain.ts')).plainText
}

const isHtml = (type: string, start: string) =>
  /^text\/html\b|^application\/xhtml/.test(type) || /^\W*<(!doctype\s+html|html)\b/i.test(start)

/** In UTF-16, the letters stand between zeros. */
const isXml = (type: string, start: string) => /[/+]xml\b/.test(type) || /^\W*<\0?\?\0?x\0?m\0?l/.test(start)
