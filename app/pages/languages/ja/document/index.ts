import { collections } from './collections.ts'
import { editing } from './editing.ts'
import { imports } from './imports.ts'
import { items } from './items.ts'
import { settings } from './settings.ts'
import { shared } from './shared.ts'

/** Sentences of the API's document, by their English. A test asks for those that are missing, and for those left over. */
export const documentInJapanese: { readonly [english: string]: string | undefined } = {
  ...shared,
  ...items,
  ...editing,
  ...collections,
  ...imports,
  ...settings,
}
