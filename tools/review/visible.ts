/** What a terminal or a browser obeys instead of showing it: controls, directions, separators of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/**
 * A text in which everything can be seen: institutions' own words are in what is reported. Lines end as they did. What
 * it writes is what JSON writes, so a text of JSON says the same afterwards.
 */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) =>
    character === '\n'
      ? character
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  )
}
