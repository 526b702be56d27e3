import { SaxesParser } from 'saxes'

const VALIDATORS = new Set(['http://www.w3.org/2000/xmlns/', 'http://www.w3.org/2001/XMLSchema-instance'])

/**
 * What a document says: where → what, in document order, as in `/jpcoar[1]/title[2]/text()` → `蔵の研究`. Namespaces
 * count and prefixes do not; neither do comments, the order of attributes, text of nothing but blanks, or attributes
 * for the validator. It shares no code with the application.
 */
function canonical(xml: string): Map<string, string> {
  const said = new Map<string, string>()
  const open = [{ path: '', text: '', seen: new Map<string, number>() }]
  const innermost = () => open.at(-1) ?? { path: '', text: '', seen: new Map<string, number>() }
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', (tag) => {
    const { path: above, seen } = innermost()
    const position = (seen.get(tag.local) ?? 0) + 1
    seen.set(tag.local, position)
    const path = `${above}/${tag.local}[${position}]`
    said.set(path, tag.uri)
    const attributes = Object.values(tag.attributes).filter(({ uri }) => !VALIDATORS.has(uri))
    for (const { uri, local, value } of attributes.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      said.set(`${path}/@${uri === '' ? '' : `{${uri}}`}${local}`, value)
    }
    open.push({ path, text: '', seen: new Map() })
  })
  const append = (text: string) => {
    innermost().text += text
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element && element.text.trim() !== '') said.set(`${element.path}/text()`, element.text)
  })
  parser.write(xml).close()
  return said
}

export interface Difference {
  path: string
  before: string | undefined
  after: string | undefined
}

/** Where two documents say something else, or the same in another order. */
export function differences(before: string, after: string): Difference[] {
  const [first, second] = [canonical(before), canonical(after)]
  const found = [...new Set([...first.keys(), ...second.keys()])]
    .map((path) => ({ path, before: first.get(path), after: second.get(path) }))
    .filter((each) => each.before !== each.after)
  if (found.length > 0) return found
  const [order, reorder] = [[...first.keys()].join(' '), [...second.keys()].join(' ')]
  return order === reorder ? [] : [{ path: '/', before: order, after: reorder }]
}
