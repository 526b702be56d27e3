import type { Finding, Reading } from '../../findings.ts'
import { fitToModel } from '../../parse.ts'
import { decodeXml, parseXml, type XmlElement, XmlError, type XmlReading } from '../xml.ts'
import { EDITIONS, type Edition } from './editions.ts'
import { record } from './elements.ts'
import { type AnyChild, type AnyShape, type AnyValue, content, isValue } from './shapes.ts'

const SHAPE = record as AnyShape
/** The prefixes by which the description knows namespaces. */
export const PREFIXES: ReadonlyMap<string, string> = new Map(
  EDITIONS.flatMap(({ namespace, alias, namespaces }): (readonly [string, string])[] => [
    [namespace, 'jpcoar'],
    [alias, 'jpcoar'],
    ...Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix] as const),
  ]),
)

/**
 * Reads one JPCOAR record, of any edition that is known, from a document or from its bytes.
 *
 * What breaks the schema is an error. What is understood without loss is read: elements in another order, blanks round
 * values, terms, elements and attributes of another edition. What JPCOAR does not know is left out, with a warning; so
 * is what a term said that only its edition has.
 */
export function readJpcoar(xml: string | Uint8Array): Reading {
  try {
    return readJpcoarTree(parseXml(typeof xml === 'string' ? xml : decodeXml(xml), PREFIXES))
  } catch (error) {
    if (error instanceof XmlError) return refused(error.rule, error.message)
    throw error
  }
}

/** Reads one JPCOAR record from a tree whose names have the prefixes of {@link PREFIXES}. */
export function readJpcoarTree({ root, namespace }: XmlReading): Reading {
  const edition = EDITIONS.find((known) => known.namespace === namespace || known.alias === namespace)
  if (edition === undefined || root.name !== 'jpcoar:jpcoar') {
    const known = EDITIONS.map((each) => `jpcoar in ${each.namespace}`).join(', ')
    return refused('jpcoar.root', `begins with ${root.name}; known are: ${known}`)
  }

  const walk = new Walk(edition)
  const candidate = walk.readObject(root, SHAPE, '', undefined)
  return fitToModel(candidate, (place) => pathIn(SHAPE, place, edition).join('/') || '/', walk)
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
      const name = nameOf(place, this.#edition)
      switch (place.kind) {
        case 'content': {
          const value = this.#edition.contents[element.name] ?? place.value
          object[field] = this.#readValue(value, element.text.trim(), path.slice(0, -1))
          break
        }
        case 'attribute':
        case 'concept': {
          const text = (name === 'xml:lang' ? lang : element.attributes.get(name))?.trim()
          if (text)
            object[field] = place.kind === 'concept' ? text : this.#readValue(place.value, text, `${path}@${name}`)
          break
        }
        case 'many':
          object[field] = element.children
            .filter((child) => child.name === name)
            .map((child, index) => this.#readChild(child, place, `${path}${name}[${index + 1}]/`, lang))
          break
        case 'one': {
          const child = this.#single(element, name, path)
          const value = child && this.#readChild(child, place, `${path}${name}/`, lang)
          if (value !== undefined && value !== '') object[field] = value
          break
        }
        case 'inside': {
          // The first field that lies in the element brings the others with it.
          if (field !== Object.keys(place.shape)[0]) break
          const child = this.#single(element, name, path)
          const fields = child && this.readObject(child, place.shape, `${path}${name}/`, lang)
          Object.assign(object, Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== '')))
          break
        }
      }
    }
    this.#warnOfRest(element, shape, path)
    return object
  }

  #readValue(value: AnyValue, text: string, path: string): unknown {
    return value.read(text, this.#edition, (message) => this.warnings.push({ rule: 'jpcoar.retired', path, message }))
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
    const known = new Set(places.map((place) => nameOf(place, this.#edition)))
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
function pathIn(shape: AnyShape, place: PropertyKey[], edition: Edition): string[] {
  const [field, ...rest] = place
  const found = shape[String(field)]
  if (found === undefined) return []
  const name = nameOf(found, edition)
  switch (found.kind) {
    case 'content':
      return []
    case 'attribute':
    case 'concept':
      return [`@${name}`]
    case 'inside':
      return [name, ...pathIn(found.shape, place, edition)]
    case 'one':
      return [name, ...pathBelow(found, rest, edition)]
    case 'many': {
      const [index, ...deeper] = rest
      return index === undefined ? [name] : [`${name}[${Number(index) + 1}]`, ...pathBelow(found, deeper, edition)]
    }
  }
}

const pathBelow = ({ holds }: AnyChild, place: PropertyKey[], edition: Edition) =>
  isValue(holds) ? [] : pathIn(holds, place, edition)

/** The name of an element or attribute in an edition; of an element's own content, none. */
function nameOf(place: AnyShape[string], edition: Edition): string {
  return 'name' in place ? (edition.renamed[place.name] ?? place.name) : ''
}
