import { units } from './analysis.ts'

/** What readers may limit a word to. */
export const fields = ['title', 'creator', 'subject', 'publisher', 'source'] as const
export type Field = (typeof fields)[number]

/** Words and phrases, put together. `not` stands at words alone; `quoted` is what must stand as it was typed. */
export type Query =
  | { kind: 'word'; text: string; quoted?: true; field?: Field; not: boolean }
  | { kind: 'all' | 'any'; parts: Query[] }

/** By relevance, what has all words in the title comes first, then what has them in these. */
export const TIERS: Field[][] = [['title'], ['title', 'creator', 'subject']]

/** What a field is called by those who type it; the names of JPCOAR's elements and the words on our pages. */
const FIELD_NAMES: { [name: string]: Field } = {
  ...Object.fromEntries(fields.map((field) => [field, field])),
  author: 'creator',
  journal: 'source',
  タイトル: 'title',
  題名: 'title',
  著者: 'creator',
  作成者: 'creator',
  主題: 'subject',
  キーワード: 'subject',
  出版者: 'publisher',
  掲載誌: 'source',
}

// What a query may cost. What goes beyond is not looked at.
const MOST_CHARACTERS = 1_000
const MOST_WORDS = 30
const DEEPEST = 10

interface Token {
  kind: 'word' | 'and' | 'or' | 'not' | '(' | ')' | 'field'
  text: string
  quoted?: true
}

const FIELD = new RegExp(`(?:${Object.keys(FIELD_NAMES).join('|')}):(?=[^\\s)])`, 'iy')
const PHRASE = /"([^"]*)"|「([^」]*)」|『([^』]*)』|[“”]([^“”]*)[“”]/y
const OPERATOR = /(AND|OR|NOT)(?=[\s(]|$)/y
const MINUS = /-(?=[^\s)-])/y
/** To the next blank, quotation mark or closing bracket. A bracket inside a word is part of it. */
const WORD = /[^\s"「『“”)]+/y

/**
 * Reads what a reader typed: words, all of which must occur, "phrases" (also 「…」), `title:` and other fields, AND, OR,
 * NOT, `-word` and brackets. Nothing is an error: what means nothing where it stands counts as a word, or not at all.
 *
 * @returns nothing if there is no word that could be looked for.
 */
export function parseQuery(typed: string): Query | undefined {
  return new Parser(tokensOf(typed.slice(0, MOST_CHARACTERS).normalize('NFKC'))).parse()
}

/** The words and phrases that a result should hold. */
export function wordsIn(query: Query | undefined): string[] {
  if (query === undefined) return []
  if (query.kind === 'word') return query.not ? [] : [query.text]
  return query.parts.flatMap(wordsIn)
}

/** The words that may stand in another form: typed without quotation marks, and to be held. */
export function looseWordsIn(query: Query | undefined): string[] {
  if (query === undefined) return []
  if (query.kind === 'word') return query.not || query.quoted ? [] : [query.text]
  return query.parts.flatMap(looseWordsIn)
}

/** The opposite: all becomes any, and each word the other way round (De Morgan). */
export function negate(query: Query): Query {
  if (query.kind === 'word') return { ...query, not: !query.not }
  return { kind: query.kind === 'all' ? 'any' : 'all', parts: query.parts.map(negate) }
}

/** Whether what holds none of the words is found, too: `NOT a`. */
export function findsWithout(query: Query): boolean {
  if (query.kind === 'word') return query.not
  return query.kind === 'all' ? query.parts.every(findsWithout) : query.parts.some(findsWithout)
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < text.length) {
    const operator = take(OPERATOR)
    if (operator) tokens.push({ kind: operator[0].toLowerCase() as 'and' | 'or' | 'not', text: operator[0] })
    else if (take(MINUS)) tokens.push({ kind: 'not', text: '' })
    else if (text[at] === '(' || text[at] === ')')
      tokens.push({ kind: text[at] as '(' | ')', text: text[at++] as string })
    else {
      const field = take(FIELD)
      if (field) tokens.push({ kind: 'field', text: field[0] })
      else {
        const phrase = take(PHRASE)
        const inner = phrase?.slice(1).find((each) => each !== undefined)
        if (phrase) tokens.push({ kind: 'word', text: inner ?? '', quoted: true })
        else {
          const word = take(WORD)
          if (word) tokens.push({ kind: 'word', text: word[0] })
          // A blank, or a quotation mark that nothing closes.
          else at++
        }
      }
    }
  }
  return demoted(tokens.filter((token) => token.kind !== 'word' || units(token.text).length > 0))
}

/** Operators without something on each side are words. */
function demoted(tokens: Token[]): Token[] {
  const ends = (token: Token | undefined) => token?.kind === 'word' || token?.kind === ')'
  const begins = (token: Token | undefined) => token !== undefined && ['word', '(', 'not', 'field'].includes(token.kind)
  const result: Token[] = []
  tokens.forEach((token, i) => {
    const next = tokens[i + 1]
    const lost =
      ((token.kind === 'and' || token.kind === 'or') && !(ends(result.at(-1)) && begins(next))) ||
      (token.kind === 'not' && !begins(next))
    if (!lost) result.push(token)
    else if (token.text !== '') result.push({ kind: 'word', text: token.text })
  })
  return result
}

class Parser {
  readonly #tokens: Token[]
  #at = 0
  #words = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  parse(): Query | undefined {
    const parts: Query[] = []
    // A closing bracket that closes nothing ends nothing either.
    while (this.#at < this.#tokens.length) {
      const part = this.#any(undefined, 0)
      if (part) parts.push(part)
      if (this.#kind() === ')') this.#at++
    }
    return together('all', parts)
  }

  #kind() {
    return this.#tokens[this.#at]?.kind
  }

  #any(field: Field | undefined, depth: number): Query | undefined {
    const parts = [this.#all(field, depth)]
    while (this.#kind() === 'or') {
      this.#at++
      parts.push(this.#all(field, depth))
    }
    return together('any', parts)
  }

  #all(field: Field | undefined, depth: number): Query | undefined {
    const parts: (Query | undefined)[] = []
    for (let kind = this.#kind(); kind !== undefined && kind !== 'or' && kind !== ')'; kind = this.#kind()) {
      if (kind === 'and') this.#at++
      else parts.push(this.#one(field, depth))
    }
    return together('all', parts)
  }

  #one(field: Field | undefined, depth: number): Query | undefined {
    const token = this.#tokens[this.#at++]
    switch (token?.kind) {
      case 'not': {
        const opposite = depth < DEEPEST ? this.#one(field, depth + 1) : undefined
        return opposite && negate(opposite)
      }
      case 'field':
        return depth < DEEPEST ? this.#one(fieldNamed(token.text), depth + 1) : undefined
      case '(': {
        if (depth >= DEEPEST) return undefined
        const inner = this.#any(field, depth + 1)
        if (this.#kind() === ')') this.#at++
        return inner
      }
      case 'word':
        if (++this.#words > MOST_WORDS) return undefined
        return {
          kind: 'word',
          text: token.text,
          ...(token.quoted && { quoted: true }),
          ...(field && { field }),
          not: false,
        }
      default:
        // A bracket or operator that means nothing here.
        return undefined
    }
  }
}

const fieldNamed = (text: string) => FIELD_NAMES[text.slice(0, -1).toLowerCase()] as Field

function together(kind: 'all' | 'any', parts: (Query | undefined)[]): Query | undefined {
  const known = parts.filter((part) => part !== undefined)
  return known.length > 1 ? { kind, parts: known } : known[0]
}
