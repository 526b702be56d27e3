import { parseXml, type XmlElement } from '../../app/records/formats/xml.ts'
import type { Institutions } from './institutions.ts'

/** What a harvester hears of an item. */
export interface Heard {
  identifier: string
  datestamp: string
  deleted: boolean
  sets: string[]
  title?: string
}

export interface OaiAnswer {
  responseDate: string
  /** Attributes of the request that the answer repeats. */
  request: Record<string, string>
  errors: string[]
  /** Records, or headers. */
  heard: Heard[]
  /** Absent where none is given; empty at the end of a resumed list. */
  token?: string
  /** Texts of all elements of a name, in order. */
  texts(name: string): string[]
}

/** A harvester that asks an institution by OAI-PMH. */
export function harvester(kura: Institutions, id: string) {
  const ask = async (parameters: Record<string, string>): Promise<OaiAnswer> =>
    readOai(await (await kura.request(id, `/oai?${new URLSearchParams(parameters)}`)).text())
  return {
    ask,
    /** All pages of a list, one after the other. */
    async *pages(parameters: Record<string, string>): AsyncGenerator<OaiAnswer> {
      let page = await ask(parameters)
      yield page
      while (page.token) {
        page = await ask({ verb: parameters.verb as string, resumptionToken: page.token })
        yield page
      }
    },
  }
}

const PREFIXES = new Map([
  ['http://www.openarchives.org/OAI/2.0/', 'oai'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
])

/** Reads an answer, whatever verb it answers. */
export function readOai(xml: string): OaiAnswer {
  const { root } = parseXml(xml, PREFIXES)
  const all = (element: XmlElement, name: string): XmlElement[] => [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => all(child, name)),
  ]
  const texts = (name: string, within = root) => all(within, name).map(({ text }) => text)
  const token = texts('oai:resumptionToken')[0]
  const headed = all(root, 'oai:record')
  return {
    responseDate: texts('oai:responseDate')[0] as string,
    request: Object.fromEntries(all(root, 'oai:request')[0]?.attributes ?? []),
    errors: all(root, 'oai:error').map(({ attributes }) => attributes.get('code') as string),
    heard: (headed.length > 0 ? headed : all(root, 'oai:header')).map((element) => {
      const [title] = texts('dc:title', element)
      return {
        identifier: texts('oai:identifier', element)[0] as string,
        datestamp: texts('oai:datestamp', element)[0] as string,
        deleted: all(element, 'oai:header')[0]?.attributes.get('status') === 'deleted',
        sets: texts('oai:setSpec', element),
        ...(title !== undefined && { title }),
      }
    }),
    ...(token !== undefined && { token }),
    texts: (name) => texts(name),
  }
}
