import { plugins, type Read } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-ris'

/** What a reference manager would read; citation-js stands for all of them. */
export type Reference = Read

export const readBibtex = (text: string) => read(text, '@bibtex/text')
export const readRis = (text: string) => read(text, '@ris/file')

function read(text: string, forceType: string): Reference {
  const references = plugins.input.chain(text, { generateGraph: false, forceType })
  if (references.length !== 1) throw new Error(`${references.length} references are read`)
  return references[0] as Reference
}
