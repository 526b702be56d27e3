import { iso6392 } from 'iso-639-2'

const tags = new Map(
  iso6392.flatMap(({ iso6391, iso6392B, iso6392T }) =>
    iso6391 === undefined ? [] : [iso6392B, iso6392T].flatMap((code) => (code ? [[code, iso6391] as const] : [])),
  ),
)

/** The tag (BCP 47) of a language by its code of ISO 639-3: two letters where it has them. */
export const tagOf = (code: string): string => tags.get(code) ?? code
