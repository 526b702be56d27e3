import { Parser } from 'htmlparser2'
import { decoded, encodingOf } from './encoding.ts'
import { input } from './input.ts'
import { Unreadable } from './unreadable.ts'

/** Bytes in which a document says how it is encoded (HTML Living Standard, section 4.2.5.5). */
const DECLARATION = 1024

/** The text of an HTML or XML document: what a reader would see of it. No entity of a document's own is expanded. */
export function* markupText(kind: 'html' | 'xml'): Generator<string> {
  const start = Buffer.from(input.range(0, DECLARATION)).toString('latin1')
  const declared =
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)/i.exec(start) ?? /<meta[^>]*\bcharset\s*=\s*["']?([\w-]+)/i.exec(start)
  const reader = elementReader(kind === 'html' ? HTML : XML)
  for (const piece of decoded(input, encodingOf(input, declared?.[1]))) yield reader.read(piece)
  yield reader.end()
}

/** Which elements of a vocabulary count, by their names without prefix. */
export interface Vocabulary {
  xml: boolean
  /** Elements whose text counts; of all, if it is not said. */
  only?: ReadonlySet<string>
  /** Elements in which nothing counts. */
  skip: ReadonlySet<string>
  /** Elements that are not in one line with what stands beside them. */
  breaks: (name: string) => boolean
}

/** Elements that stand within a line of text (HTML Living Standard, section 3.2.5.2.5); all others break it. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q rb ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
const HTML: Vocabulary = {
  xml: false,
  // A reading (`rt`) would part the word that it is for.
  skip: new Set(['script', 'style', 'template', 'noscript', 'rt', 'rp', 'svg', 'object', 'iframe']),
  breaks: (name) => !INLINE.has(name),
}
const XML: Vocabulary = { xml: true, skip: new Set(), breaks: () => true }

/** Elements within each other at most: the parser's time grows with the square of it. */
const DEEPEST = 5_000

/**
 * Takes a document piece by piece and gives what there is of its text so far.
 *
 * @throws Unreadable when it nests deeper than any document does.
 */
export function elementReader({ xml, only, skip, breaks }: Vocabulary) {
  let text: string[] = []
  let depth = 0
  let within = 0
  let skipped = 0
  const enter = (qualified: string, by: 1 | -1) => {
    const name = qualified.slice(qualified.indexOf(':') + 1)
    depth += by
    if (depth > DEEPEST) throw new Unreadable(`has more than ${DEEPEST} elements within each other`)
    if (only?.has(name)) within += by
    if (skip.has(name)) skipped += by
    else if (breaks(name)) text.push('\n')
  }
  // Before an XML document's element there may be declarations of its own, which the parser does not know.
  const counts = () => skipped === 0 && (only ? within > 0 : !xml || depth > 0)
  const parser = new Parser(
    {
      onopentagname: (name) => enter(name, 1),
      onclosetag: (name) => enter(name, -1),
      ontext(data) {
        if (counts()) text.push(data)
      },
    },
    { xmlMode: xml },
  )
  const take = () => {
    // What an indented source has between its elements is not the document's.
    const taken = text.join('').replace(/[ \t]*\n\s*/g, '\n')
    text = []
    return taken
  }
  return {
    read(piece: string) {
      parser.write(piece)
      return take()
    },
    end() {
      parser.end()
      return take()
    },
  }
}
