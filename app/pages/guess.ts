/** Words of an address that say where something was, and not what. */
const PLACES = new Set(
  'api bitstream collection collections download en file files handle html htm id index item items ja main pdf php record records repo repository repositories search uri version versions view www'.split(
    ' ',
  ),
)
/** Words that are searched for at most: more would find less. */
const MOST = 6
const LONGEST = 30

/**
 * What someone who came to an address may have been looking for, as words to search for: `/papers/tide-tables.html`
 * was about tide tables. Nothing where the address has no words.
 */
export function guessWords(path: string): string {
  const words = decode(path.split('?', 1)[0] ?? '')
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /\p{L}{2}/u.test(word) && word.length <= LONGEST && !PLACES.has(word.toLowerCase()))
  return [...new Set(words)].slice(0, MOST).join(' ')
}

/** Undoes percent-encoding; what is no UTF-8 says nothing. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path.replaceAll(/(%[0-9a-f]{2})+/gi, ' ')
  }
}
