import { SaxesParser } from 'saxes'

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
  readonly rule: 'xml.encoding' | 'xml.well-formed' | 'xml.doctype' | 'xml.size'

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

const IGNORED_ATTRIBUTES = new Set(['http://www.w3.org/2000/xmlns/', 'http://www.w3.org/2001/XMLSchema-instance'])
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/**
 * Reads a document into a tree. Names in a namespace of `prefixes` (namespace → prefix) become `prefix:local`, whatever
 * prefix the document uses; other names `{namespace}local`. Comments, instructions, `xmlns` and `xsi` attributes go.
 * @throws XmlError where the document is malformed (with line and column), has a DOCTYPE, or is too large.
 */
export function parseXml(xml: string, prefixes: ReadonlyMap<string, string>): { root: XmlElement; namespace: string } {
  if (xml.length > MOST_CHARACTERS) {
    throw new XmlError('xml.size', `is longer than ${MOST_CHARACTERS} characters, the most that one record may have`)
  }
  const nameOf = (namespace: string, local: string) => {
    if (namespace === '') return local
    const prefix = namespace === XML_NAMESPACE ? 'xml' : prefixes.get(namespace)
    return prefix === undefined ? `{${namespace}}${local}` : `${prefix}:${local}`
  }

  const document: XmlElement = { name: '', attributes: new Map(), children: [], text: '' }
  const open = [document]
  const innermost = () => open.at(-1) ?? document
  let namespace = ''
  let elements = 0
  let attributes = 0

  const parser = new SaxesParser({ xmlns: true })
  parser.on('doctype', () => {
    throw new XmlError('xml.doctype', 'has a DOCTYPE, which is refused: remove the <!DOCTYPE …> declaration')
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MOST_ATTRIBUTES)
      throw new XmlError('xml.size', `has more than ${MOST_ATTRIBUTES} attributes in one element`)
  })
  parser.on('opentag', (tag) => {
    attributes = 0
    elements += 1
    if (elements > MOST_ELEMENTS) throw new XmlError('xml.size', `has more than ${MOST_ELEMENTS} elements`)
    if (open.length > MOST_LEVELS) throw new XmlError('xml.size', `is nested deeper than ${MOST_LEVELS} levels`)
    const given = Object.values(tag.attributes).filter(({ uri }) => !IGNORED_ATTRIBUTES.has(uri))
    const element: XmlElement = {
      name: nameOf(tag.uri, tag.local),
      attributes: new Map(given.map(({ uri, local, value }) => [nameOf(uri, local), value])),
      children: [],
      text: '',
    }
    if (elements === 1) namespace = tag.uri
    innermost().children.push(element)
    open.push(element)
  })
  const append = (text: string) => {
    innermost().text += text
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => open.pop())
  parser.on('error', ({ message }) => {
    const [, reason = message] = /^\d+:\d+: (.*)$/s.exec(message) ?? []
    throw new XmlError(
      'xml.well-formed',
      `is not well-formed at line ${parser.line}, column ${parser.column}: ${reason}`,
    )
  })
  parser.write(xml).close()
  // A document without exactly one root has been refused as not well-formed.
  return { root: document.children[0] as XmlElement, namespace }
}

/**
 * The characters of a document, by its byte order mark, else by its XML declaration, else UTF-8 (XML 1.0, appendix F).
 * @throws XmlError for an unknown encoding or bytes that it does not allow.
 */
export function decodeXml(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
  const marked = start.startsWith('\u00fe\u00ff')
    ? 'utf-16be'
    : start.startsWith('\u00ff\u00fe')
      ? 'utf-16le'
      : undefined
  const encoding = marked ?? declared ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new XmlError('xml.encoding', `cannot be read as ${encoding}: save it as UTF-8`)
  }
}

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

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`)
}
