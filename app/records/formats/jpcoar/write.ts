import type { Record } from '../../model.ts'
import { writeXml, type XmlElement } from '../xml.ts'
import type { Edition } from './editions.ts'
import { record as shape } from './elements.ts'
import { type AnyChild, type AnyShape, content, isValue } from './shapes.ts'

/**
 * Writes a record as a JPCOAR element with all its namespaces, without an XML declaration.
 *
 * The result is valid against the schema if the record has an identifier, which `writeDissemination` sees to. What the
 * edition cannot say is written by its nearest term or left out (`editions.ts`), and so are pages that are not positive
 * integers. URIs of concepts come from the vocabulary, not from what the record's source said.
 */
export function writeJpcoar(record: Record, edition: Edition): string {
  const namespaces = Object.entries({ jpcoar: edition.namespace, ...edition.namespaces })
  const attributes = new Map(namespaces.map(([prefix, namespace]) => [`xmlns:${prefix}`, namespace]))
  attributes.set('xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance')
  attributes.set('xsi:schemaLocation', `${edition.namespace} ${edition.schema}`)
  return writeXml({ ...elementOf('jpcoar:jpcoar', shape as AnyShape, record, edition), attributes } as XmlElement)
}

/** The element that says an object, or undefined where the edition cannot say what the element needs. */
function elementOf(name: string, shape: AnyShape, object: object, edition: Edition): XmlElement | undefined {
  const element = {
    name: edition.renamed[name] ?? name,
    attributes: new Map<string, string>(),
    children: [] as XmlElement[],
    text: '',
  }
  for (const [field, place] of Object.entries(shape)) {
    if ('name' in place && edition.without.includes(place.name)) continue
    const value = (object as { [field: string]: unknown })[field]
    switch (place.kind) {
      case 'content': {
        if (value === undefined) break
        const text = (edition.contents[name] ?? place.value).write(value, edition)
        if (text === undefined) return undefined
        element.text = text
        break
      }
      case 'attribute': {
        const text = value === undefined ? undefined : place.value.write(value, edition)
        if (text !== undefined) element.attributes.set(place.name, text)
        else if (place.required) return undefined
        break
      }
      case 'concept':
        element.attributes.set(place.name, edition.concepts[element.text] ?? place.uriOf(element.text))
        break
      case 'one':
      case 'many':
        for (const item of [value ?? []].flat()) element.children.push(...childOf(place, item, edition))
        break
      case 'inside':
        if (value !== undefined && !element.children.some((child) => child.name === place.name)) {
          element.children.push(...childOf({ ...place, kind: 'one', holds: place.shape }, object, edition))
        }
        break
    }
  }
  return element
}

function childOf({ name, holds }: AnyChild, item: unknown, edition: Edition): XmlElement[] {
  const child = isValue(holds)
    ? elementOf(name, { value: content(holds) }, { value: item }, edition)
    : elementOf(name, holds, item as object, edition)
  return child === undefined ? [] : [child]
}
