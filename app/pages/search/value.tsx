import type { Facet, Found } from '../../search/index.ts'
import { formatDate, formatLanguage } from '../format.ts'
import { localized, type PageContext } from '../page.ts'
import { Run, wordsOf } from '../parts.tsx'

interface FacetValueProps {
  facet: Facet
  value: string
  collections: Found['collections']
  page: PageContext
}

/** Of what every object has, nothing is a word. */
const named = (words: { readonly [value: string]: string }, value: string) =>
  Object.hasOwn(words, value) ? words[value] : value

/** A value of a facet in words. An address may name one that there is not: it is shown as it came. */
export function FacetValue({ facet, value, collections, page }: FacetValueProps) {
  const { terms } = wordsOf(page)
  switch (facet) {
    case 'type':
      return named(terms.resourceTypes, value)
    case 'access':
      return named(terms.accessRights, value)
    case 'language':
      return formatLanguage(value, page.language)
    case 'year':
      return formatDate(value, page.language)
    case 'collection': {
      const name = collections.get(Number(value))
      return name ? <Run text={localized(name, page.language)} page={page} /> : value
    }
    default:
      return value
  }
}
