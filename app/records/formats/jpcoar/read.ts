import type { Finding, Reading } from '../../findings.ts'
import { fitToModel } from '../../parse.ts'
import { decodeXml, parseXml, type XmlElement, XmlError } from '../xml.ts'
import { EDITIONS, type Edition, NAMESPACES } from './editions.ts'
import { record } from './elements.ts'
import { type AnyChild, type AnyShape, content, isValue } from './shapes.ts'

const SHAPE = record as AnyShape
const PREFIXES = new Map([
  ...Object.entries(NAMESPACES).map(([prefix, namespace]) => [namespace, prefix] as const),
  ...EDITIONS.map((edition) => [edition.namespace, 'jpcoar'] as const),
])

/**
 * Reads one JPCOAR record, of any edition that is known, from a document or from its bytes.
 *
 * What breaks the schema is an error. What is understood without loss is read: elements in another order, blanks round
 * values, terms of a later edition. What JPCOAR does not know is left out, with a warning.
 */
export function readJpcoar(xml: string | Uint8Array): Reading {
  let document: ReturnType<typeof parseXml>
  try {
    document = parseXml(typeof xml === 'string' ? xml : decodeXml(xml), PREFIXES)
  } catch (error) {
    if (error instanceof XmlError) return refused(error.rule, error.message)
    throw error
  }
  const { root, namespace } = document
  const edition = EDITIONS.find((known) => known.namespace === namespace)
  if (edition === undefined || root.name !== 'jpcoar:jpcoar') {
    const known = EDITIONS.map((each) => `jpcoar in ${each.namespace}`).join(', ')
    return refused('jpcoar.root', `begins with ${root.name}; known are: ${known}`)
  }

  const walk = new Walk(edition)
  const candidate = walk.readObject(root, SHAPE, '', undefined)
  return fitToModel(candidate, (place) => pathIn(SHAPE, place).join('/') || '/', walk)
}

function refused(rule: string, message: string): Reading {
  return { record: undefined, errors: [{ rule, path: '/', message }], warnings: [] }
}

/** One walk over a document along the description, and what it found on the way. */
class Walk {
  readonly errors: Finding[] = []
  readonly warnings: Finding[] = []
  readonly #edition: Edition

  constructor(edition: Edition) {
    this.#edition = edition
  }

  /**
   * @param path of the element, with a slash at its end; empty for the root.
   * @param inherited `xml:lang` of an ancestor: it holds for all within that element (XML 1.0, section 2.12).
   */
  readObject(element: XmlElement, shape: AnyShape, path: string, inherited: string | undefined) {
    const lang = element.attributes.get('xml:lang') ?? inherited
    const object: { [field: string]: unknown } = {}
    for (const [field, place] of Object.entries(shape)) {
      switch (place.kind) {
        case 'content':
          object[field] = place.value.read(element.text.trim(), this.#edition)
          break
        case 'attribute':
        case 'concept': {
          const text = (place.name === 'xml:lang' ? lang : element.attributes.get(place.name))?.trim()
          if (text) object[field] = place.kind === 'attribute' ? place.value.read(text, this.#edition) : text
          break
        }
        case 'many':
          object[field] = element.children
            .filter((child) => child.name === place.name)
            .map((child, index) => this.#readChild(child, place, `${path}${place.name}[${index + 1}]/`, lang))
          break
        case 'one': {
          const child = this.#single(element, place.name, path)
          const value = child && this.#readChild(child, place, `${path}${place.name}/`, lang)
          if (value !== undefined && value !== '') object[field] = value
          break
        }
        case 'inside': {
          // The first field that lies in the element brings the others with it.
          if (field !== Object.keys(place.shape)[0]) break
          const child = this.#single(element, place.name, path)
          const fields = child && this.readObject(child, place.shape, `${path}${place.name}/`, lang)
          Object.assign(object, Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== '')))
          break
        }
      }
    }
    this.#warnOfRest(element, shape, path)
    return object
  }

  #readChild(child: XmlElement, { holds }: AnyChild, path: string, lang: string | undefined): unknown {
    if (!isValue(holds)) return this.readObject(child, holds, path, lang)
    return this.readObject(child, { value: content(holds) }, path, lang).value
  }

  #single(element: XmlElement, name: string, path: string): XmlElement | undefined {
    const found = element.children.filter((child) => child.name === name)
    if (found.length > 1) {
      const message = `stands here ${found.length} times; allowed is one`
      this.errors.push({ rule: 'jpcoar.single', path: `${path}${name}`, message })
    }
    return found[0]
  }

  /** Warns of everything in an element for which the shape has no place. */
  #warnOfRest(element: XmlElement, shape: AnyShape, path: string): void {
    const places = Object.values(shape)
    const known = new Set(places.map((place) => ('name' in place ? place.name : '')))
    const warn = (where: string, what: string) => {
      const message = `${what} in JPCOAR ${this.#edition.version} and was left out`
      this.warnings.push({ rule: 'jpcoar.unknown', path: where, message })
    }
    for (const name of element.attributes.keys()) {
      if (!known.has(name) && !name.startsWith('xml:')) warn(`${path}@${name}`, 'is not an attribute')
    }
    for (const child of element.children) {
      if (!known.has(child.name)) warn(`${path}${child.name}`, 'is not an element')
    }
    if (element.text.trim() !== '' && places.every((place) => place.kind !== 'content')) {
      warn(`${path}text()`, 'has no place')
    }
  }
}

/** The steps of the path to where a place of the model lies: `['titles', 1, 'lang']` → `dc:title[2]`, `@xml:lang`. */
function pathIn(shape: AnyShape, place: PropertyKey[]): string[] {
  const [field, ...rest] = place
  const found = shape[String(field)]
  switch (found?.kind) {
    case 'attribute':
    case 'concept':
      return [`@${found.name}`]
    case 'inside':
      return [found.name, ...pathIn(found.shape, place)]
    case 'one':
      return [found.name, ...pathBelow(found, rest)]
    case 'many': {
      const [index, ...deeper] = rest
      return index === undefined ? [found.name] : [`${found.name}[${Number(index) + 1}]`, ...pathBelow(found, deeper)]
    }
    default:
      return []
  }
}

const pathBelow = ({ holds }: AnyChild, place: PropertyKey[]) => (isValue(holds) ? [] : pathIn(holds, place))
