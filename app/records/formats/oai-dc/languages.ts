import { iso6392 } from 'iso-639-2'

/** Codes of ISO 639-1 and 639-2, and English names, by the code of ISO 639-3. */
const known = new Map(
  iso6392.flatMap(({ name, iso6391, iso6392B, iso6392T }) => {
    const code = iso6392T ?? iso6392B
    const names = name.toLowerCase().split(/\s*;\s*/)
    return [iso6391, iso6392B, ...names].flatMap((each) => (each === undefined ? [] : [[each, code] as const]))
  }),
)

/** The three letters of a language that is named by its two or three, by a tag such as en-US, or by its English name. */
export function languageOf(text: string): string | undefined {
  const name = text.toLowerCase()
  const [, code = ''] = /^([a-z]{2,3})(?:[-_][a-z0-9_-]+)?$/.exec(name) ?? []
  return known.get(name) ?? known.get(code) ?? (/^[a-z]{3}$/.test(name) ? name : undefined)
}

/** A text's `xml:lang` as it should have been written (`en_US` is what some write); nothing if it is no language tag. */
export function languageTag(lang: string): string | undefined {
  const tag = lang.trim().replaceAll('_', '-')
  return tag.length <= 35 && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : undefined
}
