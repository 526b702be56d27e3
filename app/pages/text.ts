import type { Language } from '../tenancy/schema.ts'

export { arrange, preferred } from '../records/texts.ts'

/**
 * What the `lang` attribute of a run of text should say on a page: nothing where it would repeat the page's language,
 * or where the record's tag is none (BCP 47).
 */
export function langAttribute(lang: string | undefined, page: Language): string | undefined {
  if (!lang || lang.toLowerCase() === page) return undefined
  try {
    return Intl.getCanonicalLocales(lang)[0]
  } catch {
    return undefined
  }
}
