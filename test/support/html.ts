import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** An element of a page, as a browser would make it of the text. */
export interface HtmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  classes: readonly string[]
  /** All text in it. */
  text: string
  /** Elements within it, at every depth, in order. */
  elements: HtmlElement[]
}

/** Reads a page as browsers do (HTML, section 13.2): all of its elements, in order. */
export const parseHtml = (html: string): HtmlElement[] => elementsIn(parse(html))

const elementsIn = (node: Node): HtmlElement[] =>
  childrenOf(node).flatMap((child) => {
    if (!('tagName' in child)) return []
    const element = read(child)
    return [element, ...element.elements]
  })

function read(element: Element): HtmlElement {
  const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]))
  return {
    name: element.tagName,
    attributes,
    classes: attributes.get('class')?.split(/\s+/) ?? [],
    text: textOf(element),
    elements: elementsIn(element),
  }
}

const textOf = (node: Node): string => ('value' in node ? node.value : childrenOf(node).map(textOf).join(''))

const childrenOf = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : [])

/** The first element of a class. */
export const ofClass = (elements: HtmlElement[], name: string) => elements.find(({ classes }) => classes.includes(name))
