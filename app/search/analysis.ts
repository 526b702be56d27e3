/**
 * How text becomes what PostgreSQL's index holds, and a reader's words what it is asked for.
 *
 * Japanese has no blanks between words, so runs of its scripts are cut into overlapping pairs of characters
 * (bigrams): a word is found where its pairs follow each other. Other scripts are cut into words.
 */

/** Positions in a tsvector end at 16,383; a word behind that is found, but not as part of a phrase. */
const LAST_POSITION = 16_383
/** A lexeme may have 255 positions, a tsvector 1 MiB: what 100,000 characters make stays below. */
const MOST_CHARACTERS = 100_000

const JOINED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]`
const RUNS = new RegExp(String.raw`(?<joined>${JOINED}+)|(?<word>(?:(?!${JOINED})[\p{L}\p{N}\p{M}])+)`, 'gu')

/** Small letters, one width, and letters without accents; kana keep their dakuten. */
function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*/gu, (letter) =>
      letter.normalize('NFD').replace(/\p{M}/gu, ''),
    )
}

interface Run {
  joined: boolean
  characters: string[]
}

function* runs(text: string): Generator<Run> {
  for (const { groups } of normalize(text).matchAll(RUNS)) {
    if (groups?.joined !== undefined) yield { joined: true, characters: [...groups.joined] }
    else if (groups?.word !== undefined) yield { joined: false, characters: [groups.word.slice(0, 200)] }
  }
}

const quote = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The text of a `tsvector`: each lexeme with its positions. */
export function toTsvector(texts: string[]): string {
  const positions = new Map<string, number[]>()
  let at = 0
  let left = MOST_CHARACTERS
  const add = (lexeme: string) => {
    at++
    const list = positions.get(lexeme)
    if (!list) positions.set(lexeme, [Math.min(at, LAST_POSITION)])
    else if (list.length < 255 && at <= LAST_POSITION) list.push(at)
  }
  for (const text of texts) {
    const taken = text.slice(0, left)
    left -= taken.length
    for (const { joined, characters } of runs(taken)) {
      if (!joined) add(characters[0] as string)
      else {
        for (let i = 1; i < characters.length; i++) add(`${characters[i - 1]}${characters[i]}`)
        // The last character begins no pair: alone, it lets a search for one character find it.
        add(characters.at(-1) as string)
      }
      // A gap, so that no phrase runs over from one run into the next.
      at++
    }
  }
  return [...positions].map(([lexeme, list]) => `${quote(lexeme)}:${list.join(',')}`).join(' ')
}

/** The text of a `tsquery` that asks for all of a reader's words, or nothing where no word was typed. */
export function toTsquery(words: string): string | undefined {
  const terms = words
    .slice(0, 500)
    .split(/\s+/u)
    .flatMap((word) => {
      const phrase = [...runs(word)].map(({ joined, characters }) => {
        if (!joined) return quote(characters[0] as string)
        if (characters.length === 1) return `${quote(characters[0] as string)}:*`
        return characters
          .slice(1)
          .map((character, i) => quote(`${characters[i]}${character}`))
          .join(' <-> ')
      })
      return phrase.length > 0 ? [`(${phrase.join(' & ')})`] : []
    })
  return terms.length > 0 ? terms.join(' & ') : undefined
}
