import { parseAccept } from 'hono/utils/accept'
import type { Dissemination } from '../../items/dissemination.ts'
import { type OutputFormat, outputs } from '../../records/formats/outputs.ts'

/** What the page itself is asked for as. */
const HTML = new Set(['text/html', 'application/xhtml+xml'])

/**
 * What a request would rather have than the page of an item (RFC 9110, section 12.5.1): a format, or the API's JSON,
 * which there is of the item as it stands and not of its versions. Nothing where the page will do, also where we have nothing of what is asked for: a browser is never refused. A format
 * that shares its media type with others is asked for by its profile (RFC 6906), its XML's namespace.
 */
export function negotiate(
  accept: string | undefined,
  { version }: Pick<Dissemination, 'version'>,
): OutputFormat | 'json' | undefined {
  const ranges = parseAccept(accept ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type, q, params }) => ({ type: type.toLowerCase(), q, profile: params.profile }))
    .sort((one, other) => other.q - one.q || Number(isWild(one)) - Number(isWild(other)))
  for (const range of ranges) {
    if (HTML.has(range.type) || isWild(range)) return undefined
    if (range.type === 'application/json' && !version) return 'json'
    const format = formatOf(range)
    if (format) return format
  }
  return undefined
}

const isWild = ({ type }: { type: string }) => type.includes('*')

function formatOf({ type, profile = '' }: { type: string; profile?: string | undefined }): OutputFormat | undefined {
  const formats = outputs.filter(({ mediaType, synonyms }) => mediaType === type || synonyms.includes(type))
  const profiles = profile.split(/\s+/)
  return formats.find((format) => format.profile !== undefined && profiles.includes(format.profile)) ?? formats[0]
}
