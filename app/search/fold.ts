import { to } from 'opencc-js/preset'

/** A text as it is compared, and where each of its parts comes from. */
export interface Folded {
  text: string
  /** For each code unit of `text`, where in the original what it was made from begins and ends. */
  starts: number[]
  ends: number[]
}

/** What belongs to the character before it: marks, signs without width, half-width voicing, the rest of a syllable. */
const FOLLOWING = String.raw`\p{M}\p{Cf}\uff9e\uff9f\u1160-\u11ff`
/** What is folded by itself: a stretch of ASCII, or a character with what belongs to it. */
const SEGMENTS = new RegExp(String.raw`[\0-\x7f]+(?![${FOLLOWING}])|[^][${FOLLOWING}]*`, 'gu')
/** Variation selectors ask for another shape of the same character; format characters have none. */
const IGNORED = /\p{Cf}|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu
const ACCENTED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*/gu

/** Each old or variant kanji with the one in use in Japan today, from OpenCC's table of them. */
export const NEW_KANJI: ReadonlyMap<string, string> = new Map(
  (to.jp ?? []).flat().flatMap((table): [string, string][] => {
    const pairs = typeof table === 'string' ? table.split('|').map((pair) => pair.split(' ')) : table
    return pairs.map(([old = '', present = '']) => [old, present])
  }),
)

const folded = new Map<string, string>()
/** Kept at most: the characters of any library, and an end to what somebody makes up. */
const MOST_KEPT = 50_000
/** Code units of one: more are marks that somebody has piled up. */
const LONGEST_KEPT = 8

/**
 * A text as it is compared: small letters, one width, letters without accents, katakana as hiragana, old kanji as new
 * ones. Kana keep their dakuten.
 */
export function fold(text: string): Folded {
  let result = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: segment, index } of text.matchAll(SEGMENTS)) {
    const made = foldSegment(segment)
    const aligned = made.length === segment.length
    for (let i = 0; i < made.length; i++) {
      starts.push(aligned ? index + i : index)
      ends.push(aligned ? index + i + 1 : index + segment.length)
    }
    result += made
  }
  return { text: result, starts, ends }
}

function foldSegment(segment: string): string {
  if (segment.charCodeAt(0) < 0x80 && /^[\0-\x7f]*$/.test(segment)) return segment.toLowerCase()
  const known = folded.get(segment)
  if (known !== undefined) return known
  const made = segment
    .replace(IGNORED, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(ACCENTED, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    // The Greek s at the end of a word; katakana, which hiragana stand 96 places before.
    .replaceAll('ς', 'σ')
    .replace(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\p{Script=Han}/gu, (kanji) => NEW_KANJI.get(kanji) ?? kanji)
  if (folded.size >= MOST_KEPT) folded.clear()
  if (segment.length <= LONGEST_KEPT) folded.set(segment, made)
  return made
}
