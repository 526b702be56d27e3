/** A comparison, such as `request.permission != 'BUCKET_DELETE'`. */
export interface Comparison {
  /** In small letters. */
  variable: string
  /** `=`, `!=`, `in`, `before`, `after` or `between`. */
  operator: string
  /** Without quotes. A pattern keeps its slashes: `/prod*1/`. */
  values: string[]
}

export type Condition = Comparison | { of: 'all' | 'any'; conditions: Condition[] }

export type Verb = 'inspect' | 'read' | 'use' | 'manage' | 'associate'

export interface Location {
  kind: 'tenancy' | 'any-tenancy' | 'compartment'
  name: string | undefined
}

/** What a statement of Oracle's IAM says. Words of the language are in small letters, names as they are written. */
export interface Statement {
  effect: 'allow' | 'deny' | 'endorse' | 'admit'
  subject: {
    /** `group`, `dynamic-group`, `service`, `any-user`, `any-group`, … */
    kind: string
    /** Names or OCIDs, without quotes. */
    names: string[]
    /** The tenancy that it is of where that is another one. */
    of?: Location | undefined
  }
  /** Undefined where single permissions are listed instead. */
  verb: Verb | undefined
  /** Such as `buckets` or `all-resources`; empty where single permissions are listed instead. */
  resource: string
  /** Single permissions, such as `BUCKET_READ`. */
  permissions: string[]
  location: Location
  condition: Condition | undefined
}

/** How much a verb allows: each allows what those before it do. */
const VERBS: readonly Verb[] = ['inspect', 'read', 'use', 'manage']

/** A word may have quoted parts: `'Default'/'Storage Admins'` is one. */
const TOKEN = /\s*(!=|[{}(),=]|\/(?:[^/\\]|\\.)*\/(?=[\s,)}]|$)|(?:'[^']*'|"[^"]*"|[^\s{}(),='"!])+)\s*/y

/**
 * Reads a statement of a policy by Oracle's grammar.
 *
 * @returns undefined for a definition, which only gives something a name
 * @throws SyntaxError if the text is no statement.
 */
export function parseStatement(text: string): Statement | undefined {
  const tokens = new Tokens(text)
  const effect = tokens.oneOf('allow', 'deny', 'endorse', 'admit', 'define')
  if (effect === 'define') return undefined
  const subject = { ...readSubject(tokens), of: tokens.takes('of') ? readLocation(tokens) : undefined }
  tokens.expect('to')
  const what = tokens.takes('{')
    ? { verb: undefined, resource: '', permissions: readList(tokens, '}').map((name) => name.toUpperCase()) }
    : {
        verb: tokens.oneOf(...VERBS, 'associate'),
        resource: tokens.name().toLowerCase(),
        permissions: [],
      }
  tokens.expect('in')
  const location = readLocation(tokens)
  // What is associated with what: the other side stands behind.
  if (tokens.takes('with')) {
    tokens.name()
    tokens.expect('in')
    readLocation(tokens)
  }
  const condition = tokens.takes('where') ? readCondition(tokens) : undefined
  tokens.end()
  return { effect, subject, ...what, location, condition }
}

/** Whether a statement allows as much of a resource type as a verb does. */
export function grants({ verb, resource }: Statement, least: Verb, resources: readonly string[]): boolean {
  return verb !== undefined && VERBS.indexOf(verb) >= VERBS.indexOf(least) && resources.includes(resource)
}

/**
 * Whether a condition can hold while variables have the given values, whatever the others are.
 *
 * @param given by variable; names of variables in small letters
 */
export function mayHold(condition: Condition | undefined, given: Record<string, string>): boolean {
  if (condition === undefined) return true
  if ('of' in condition) {
    const holds = (one: Condition) => mayHold(one, given)
    return condition.of === 'all' ? condition.conditions.every(holds) : condition.conditions.some(holds)
  }
  const { variable, operator, values } = condition
  const value = given[variable]
  if (value === undefined) return true
  const equal = values.some((one) => isLike(value, one))
  if (operator === '=' || operator === 'in') return equal
  return operator === '!=' ? !equal : true
}

/** Whether a value is the other one, or fits it as a pattern such as `/prod*1/`. Oracle looks at no case. */
function isLike(value: string, written: string): boolean {
  const pattern = /^\/(.*)\/$/s.exec(written)?.[1]
  if (pattern === undefined) return value.toLowerCase() === written.toLowerCase()
  const literal = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${literal.join('.*')}$`, 'is').test(value)
}

function readSubject(tokens: Tokens): Omit<Statement['subject'], 'of'> {
  const kind = tokens.name().toLowerCase()
  const names: string[] = []
  if (kind === 'any-user' || kind === 'any-group') return { kind, names }
  do {
    // Each name of a list may repeat what it is of.
    tokens.takes(kind)
    tokens.takes('id')
    names.push(tokens.name())
  } while (tokens.takes(','))
  return { kind, names }
}

function readLocation(tokens: Tokens): Location {
  const kind = tokens.oneOf('tenancy', 'any-tenancy', 'compartment')
  if (kind === 'compartment') {
    tokens.takes('id')
    const name = tokens.name()
    // The root compartment is the tenancy, whichever way it is named.
    return name.toLowerCase().startsWith('ocid1.tenancy.') ? { kind: 'tenancy', name: undefined } : { kind, name }
  }
  // Another tenancy has a name, one's own has none.
  const named = kind === 'tenancy' && !tokens.ended && !['to', 'where', 'with'].includes(tokens.word)
  return { kind, name: named ? tokens.name() : undefined }
}

function readCondition(tokens: Tokens): Condition {
  const variable = tokens.name()
  if (tokens.takes('{')) {
    const of = variable.toLowerCase()
    if (of !== 'all' && of !== 'any') throw new SyntaxError(`"${variable}" stands where "all" or "any" should`)
    const conditions: Condition[] = []
    do conditions.push(readCondition(tokens))
    while (tokens.takes(','))
    tokens.expect('}')
    return { of, conditions }
  }
  const operator = tokens.oneOf('=', '!=', 'in', 'before', 'after', 'between')
  let values: string[]
  if (operator === 'in') {
    tokens.expect('(')
    values = readList(tokens, ')')
  } else {
    values = [tokens.name()]
    if (operator === 'between') {
      tokens.expect('and')
      values.push(tokens.name())
    }
  }
  return { variable: variable.toLowerCase(), operator, values }
}

function readList(tokens: Tokens, end: string): string[] {
  const values: string[] = []
  do values.push(tokens.name())
  while (tokens.takes(','))
  tokens.expect(end)
  return values
}

/** The words of a statement, read one after the other. */
class Tokens {
  readonly #tokens: string[]
  #next = 0

  constructor(text: string) {
    this.#tokens = []
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex
      const token = TOKEN.exec(text)?.[1]
      if (token === undefined) throw new SyntaxError(`"${text.slice(at).trim()}" cannot be read`)
      this.#tokens.push(token)
    }
  }

  get ended(): boolean {
    return this.#next === this.#tokens.length
  }

  /** The next word, in small letters; what is quoted keeps its quotes, and so is no word of the language. */
  get word(): string {
    return (this.#tokens[this.#next] ?? '').toLowerCase()
  }

  /** Goes on if the next word is this one. */
  takes(word: string): boolean {
    const taken = this.word === word && !this.ended
    if (taken) this.#next++
    return taken
  }

  expect(word: string): void {
    if (!this.takes(word)) throw new SyntaxError(`${this.#shown} stands where "${word}" should`)
  }

  oneOf<const Word extends string>(...words: Word[]): Word {
    const found = words.find((word) => this.takes(word))
    if (found === undefined)
      throw new SyntaxError(`${this.#shown} stands where ${words.map((word) => `"${word}"`).join(' or ')} should`)
    return found
  }

  /** The next word as a name: without its quotes. */
  name(): string {
    if (this.ended || /^(?:!=|[{}(),=])$/.test(this.word))
      throw new SyntaxError(`${this.#shown} stands where a name should`)
    return (this.#tokens[this.#next++] ?? '').replaceAll(/['"]/g, '')
  }

  end(): void {
    if (!this.ended) throw new SyntaxError(`${this.#shown} stands behind the end`)
  }

  get #shown(): string {
    return this.ended ? 'the end' : `"${this.#tokens[this.#next]}"`
  }
}
