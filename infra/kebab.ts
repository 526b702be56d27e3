/** How a name or a sentence of the program becomes part of a resource's name: `dataNodes` is `data-nodes`. */
export function kebab(text: string): string {
  return text.replaceAll(/(?<=[a-z])(?=[A-Z])| /g, '-').toLowerCase()
}
