import { writeXml, type XmlElement } from '../records/formats/xml.ts'

/** What XML 1.0 (section 2.2) cannot carry: an address or a name may hold it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const sayable = (text: string) => text.toWellFormed().replace(UNSAYABLE, '')

/** An element that holds text or elements; attributes and elements that are `undefined` are left out. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | undefined } = {},
  content: string | readonly (XmlElement | undefined)[] = '',
): XmlElement {
  const given = Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, sayable(value)]],
  )
  return {
    name,
    attributes: new Map(given),
    children: typeof content === 'string' ? [] : content.filter((child) => child !== undefined),
    text: typeof content === 'string' ? sayable(content) : '',
  }
}

/** A whole document. */
export const documentOf = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`
