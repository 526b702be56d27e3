import { SaxesParser, type SaxesTagNS } from 'saxes'

/** An element as the formats read and write it. Names carry the prefix that the format gives a namespace. */
export interface XmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  children: XmlElement[]
  /** Character data of the element itself, without that of its children. */
  text: string
}

/** Why a text cannot be read as XML. */
export class XmlError extends Error {
  readonly rule: 'xml.encoding' | 'xml.well-formed' | 'xml.doctype' | 'xml.size' | 'oai-pmh.root'

  constructor(rule: XmlError['rule'], message: string) {
    super(message)
    this.name = 'XmlError'
    this.rule = rule
  }
}

/** A record with every element that JPCOAR knows, many times over, stays far below these. */
const MOST_CHARACTERS = 10_000_000
const MOST_ELEMENTS = 100_000
/** Of one element; its namespaces are among them. */
const MOST_ATTRIBUTES = 100
const MOST_LEVELS = 32
const TOO_LONG = `is longer than ${MOST_CHARACTERS} characters, the most that one record may have`

const IGNORED_ATTRIBUTES = new Set(['http://www.w3.org/2000/xmlns/', 'http://www.w3.org/2001/XMLSchema-instance'])
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/** A document, or a part of one, that has been read. */
export interface XmlReading {
  root: XmlElement
  /** Namespace of the root. */
  namespace: string
}

/**
 * An element with all that it holds, as a parser comes upon it. One that is too large keeps nothing but the reason, and
 * the parser can go on behind it.
 */
export class XmlTree {
  /** Why there is no tree. */
  refusal: XmlError | undefined
  readonly #prefixes: ReadonlyMap<string, string>
  readonly #document: XmlElement = { name: '', attributes: new Map(), children: [], text: '' }
  #open = [this.#document]
  #namespace = ''
  #levels = 0
  #elements = 0
  #characters = 0

  /** @param prefixes namespace → prefix; names in other namespaces become `{namespace}local`. */
  constructor(prefixes: ReadonlyMap<string, string>) {
    this.#prefixes = prefixes
  }

  open(tag: SaxesTagNS): void {
    this.#levels += 1
    this.#elements += 1
    const attributes = Object.values(tag.attributes).filter(({ uri }) => !IGNORED_ATTRIBUTES.has(uri))
    for (const { value } of attributes) this.#count(value)
    if (this.#elements > MOST_ELEMENTS) this.#refuse(`has more than ${MOST_ELEMENTS} elements`)
    if (this.#levels > MOST_LEVELS) this.#refuse(`is nested deeper than ${MOST_LEVELS} levels`)
    if (this.refusal) return
    const element: XmlElement = {
      name: this.#nameOf(tag.uri, tag.local),
      attributes: new Map(attributes.map(({ uri, local, value }) => [this.#nameOf(uri, local), value])),
      children: [],
      text: '',
    }
    if (this.#elements === 1) this.#namespace = tag.uri
    this.#innermost().children.push(element)
    this.#open.push(element)
  }

  append(text: string): void {
    this.#count(text)
    if (!this.refusal) this.#innermost().text += text
  }

  /** @returns whether the element is complete. */
  close(): boolean {
    this.#levels -= 1
    this.#open.pop()
    return this.#levels === 0
  }

  /** What has been read; nothing if it was refused. */
  get reading(): XmlReading | undefined {
    const [root] = this.#document.children
    return root && !this.refusal ? { root, namespace: this.#namespace } : undefined
  }

  #innermost() {
    return this.#open.at(-1) ?? this.#document
  }

  #nameOf(namespace: string, local: string) {
    if (namespace === '') return local
    const prefix = namespace === XML_NAMESPACE ? 'xml' : this.#prefixes.get(namespace)
    return prefix === undefined ? `{${namespace}}${local}` : `${prefix}:${local}`
  }

  #count({ length }: string) {
    this.#characters += length
    if (this.#characters > MOST_CHARACTERS) this.#refuse(TOO_LONG)
  }

  #refuse(message: string) {
    this.refusal ??= new XmlError('xml.size', message)
    this.#open = []
    this.#document.children = []
  }
}

/** A parser that throws an XmlError at what is malformed (with line and column) and at a DOCTYPE. */
export function strictParser(): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true })
  let attributes = 0
  parser.on('opentagstart', () => {
    attributes = 0
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MOST_ATTRIBUTES)
      throw new XmlError('xml.size', `has more than ${MOST_ATTRIBUTES} attributes in one element`)
  })
  parser.on('doctype', () => {
    throw new XmlError('xml.doctype', 'has a DOCTYPE, which is refused: remove the <!DOCTYPE …> declaration')
  })
  parser.on('error', ({ message }) => {
    const [, reason = message] = /^\d+:\d+: (.*)$/s.exec(message) ?? []
    throw new XmlError(
      'xml.well-formed',
      `is not well-formed at line ${parser.line}, column ${parser.column}: ${reason}`,
    )
  })
  return parser
}

/**
 * Reads a document into a tree. Names in a namespace of `prefixes` (namespace → prefix) become `prefix:local`, whatever
 * prefix the document uses; other names `{namespace}local`. Comments, instructions, `xmlns` and `xsi` attributes go.
 * @throws XmlError where the document is malformed (with line and column), has a DOCTYPE, or is too large.
 */
export function parseXml(xml: string, prefixes: ReadonlyMap<string, string>): XmlReading {
  if (xml.length > MOST_CHARACTERS) throw new XmlError('xml.size', TOO_LONG)
  const tree = new XmlTree(prefixes)
  const parser = strictParser()
  const append = (text: string) => tree.append(text)
  parser.on('opentag', (tag) => {
    tree.open(tag)
    if (tree.refusal) throw tree.refusal
  })
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => tree.close())
  parser.write(xml).close()
  // A document without exactly one root has been refused as not well-formed.
  return tree.reading as XmlReading
}

type Decoder = InstanceType<typeof TextDecoder>

/** Bytes of a document that are enough to tell its encoding. */
export const ENCODING_KNOWN = 200

/**
 * A decoder for a document that begins with these bytes: by its byte order mark, else by its XML declaration, else
 * UTF-8 (XML 1.0, appendix F). It throws at bytes that the encoding does not allow.
 * @throws XmlError for an unknown encoding.
 */
export function decoderFor(beginning: Uint8Array): Decoder {
  const start = new TextDecoder('latin1').decode(beginning.subarray(0, ENCODING_KNOWN))
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
  const marked = start.startsWith('\u00fe\u00ff')
    ? 'utf-16be'
    : start.startsWith('\u00ff\u00fe')
      ? 'utf-16le'
      : undefined
  const encoding = marked ?? declared ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    throw notIn(encoding)
  }
}

/**
 * The characters of a document or, where `stream` says so, of its next part.
 * @throws XmlError for bytes that the encoding does not allow.
 */
export function decode(decoder: Decoder, bytes: Uint8Array, options?: { stream: boolean }): string {
  try {
    return decoder.decode(bytes, options)
  } catch {
    throw notIn(decoder.encoding)
  }
}

const notIn = (encoding: string) => new XmlError('xml.encoding', `cannot be read as ${encoding}: save it as UTF-8`)

/**
 * The characters of a whole document.
 * @throws XmlError for an unknown encoding or bytes that it does not allow.
 */
export const decodeXml = (bytes: Uint8Array): string => decode(decoderFor(bytes), bytes)

/** Written plainly, a return, and a tab or break in an attribute, would be read as others (XML 1.0, 2.11 and 3.3.3). */
const SPECIAL_IN_TEXT = /[&<>\r]/g
const SPECIAL_IN_ATTRIBUTE = /[&<"\t\n\r]/g

/** Writes an element, indented, without an XML declaration. What it holds must be characters that XML can carry. */
export function writeXml(element: XmlElement, indent = ''): string {
  const attributes = [...element.attributes]
    .map(([name, value]) => ` ${name}="${escaped(value, SPECIAL_IN_ATTRIBUTE)}"`)
    .join('')
  const tag = `${indent}<${element.name}${attributes}`
  if (element.children.length > 0) {
    const children = element.children.map((child) => writeXml(child, `${indent}  `)).join('\n')
    return `${tag}>\n${children}\n${indent}</${element.name}>`
  }
  return element.text === '' ? `${tag}/>` : `${tag}>${escaped(element.text, SPECIAL_IN_TEXT)}</${element.name}>`
}

/** A written element as a document of its own. */
export const asDocument = (element: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${element}\n`

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`)
}
