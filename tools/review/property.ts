import { reveal, Secret } from '../evaluate/index.ts'
import { isWithin, type Path, parsePath, shownPath } from './path.ts'
import { compareSequences, type Hunk } from './sequence.ts'

/** A property that differs. What is secret shows that it is, and nothing else. */
export interface PropertyChange {
  /** Where it stands in the inputs. */
  at: Path
  /** The same for people; where a text holds a structure, `<path of the text> > <path inside>`. */
  path: string
  /** Absent where it is not set. Texts are quoted, and long values cut. */
  before?: string
  after?: string
  /** Of a list or a text of several lines, instead of both: what went and what came, each after its sign. */
  lines?: string[]
}

/** Characters of a value, and lines of a text, that are shown. */
const LONGEST = 100
const MOST_LINES = 12

/** The shortest text that is looked at as if it were encoded. */
const SHORTEST_CODE = 24

const SECRET = '[secret]'

/**
 * How inputs differ, property by property.
 *
 * @param ignored paths that do not count, as `ignoreChanges` has them
 */
export function compareProperties(before: object, after: object, ignored: string[] = []): PropertyChange[] {
  const found: PropertyChange[] = []
  compare({ at: [], path: '' }, before, after, (change) => found.push(change))
  const patterns = ignored.map(parsePath)
  return found.filter(({ at }) => !patterns.some((pattern) => isWithin(at, pattern)))
}

/** A value as one line. */
function shownValue(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

type Place = Pick<PropertyChange, 'at' | 'path'>
type Note = (change: PropertyChange) => void

function compare(place: Place, before: unknown, after: unknown, note: Note): void {
  if (same(before, after)) return
  if (before instanceof Secret || after instanceof Secret) note({ ...place, ...secretly(before, after) })
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(place, before, after, note)
  else if (isObject(before) && isObject(after)) compareObjects(place, before, after, note)
  else if (typeof before === 'string' && typeof after === 'string') compareTexts(place, before, after, note)
  else note({ ...place, ...shownBoth(before, after) })
}

function compareObjects(place: Place, before: Values, after: Values, note: Note): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    compare(below(place, key), before[key], after[key], note)
}

/** Elements that have names of their own are compared by them, others by their order. */
function compareLists(place: Place, before: unknown[], after: unknown[], note: Note): void {
  const naming = ['name', 'key', 'id'].find((key) => [before, after].every((list) => areNamed(list, key)))
  if (naming !== undefined) {
    const places = (list: unknown[]) => new Map((list as Values[]).map((one, index) => [one[naming] as string, index]))
    const [old, now] = [places(before), places(after)]
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [from, to] = [old.get(name), now.get(name)]
      compare(
        inside(place, to ?? from ?? 0, name),
        from === undefined ? from : before[from],
        to === undefined ? to : after[to],
        note,
      )
    }
    const order = (map: Map<string, number>, other: Map<string, number>) =>
      [...map.keys()].filter((one) => other.has(one))
    const [was, is] = [order(old, now), order(now, old)]
    if (was.join() !== is.join())
      note({ ...place, path: `${place.path} (order)`, before: shownValue(was), after: shownValue(is) })
  } else if (before.length === after.length && [...before, ...after].every(isObject))
    for (const [index, one] of before.entries()) compare(inside(place, index), one, after[index], note)
  else {
    // Of what holds secrets it shows in what is left that they differ.
    const shown = new Map([...before, ...after].map((one) => [identity(one), JSON.stringify(one)]))
    const shownAll = (items: string[]) => items.map((item) => `${shown.get(item)}`)
    const hunks = compareSequences(before.map(identity), after.map(identity))
    note({ ...place, lines: linesOf(hunks.map(({ gone, come }) => ({ gone: shownAll(gone), come: shownAll(come) }))) })
  }
}

function compareTexts(place: Place, before: string, after: string, note: Note): void {
  const [structure, structureNow] = [parsed(before), parsed(after)]
  const [text, textNow] = [decoded(before), decoded(after)]
  if (structure && structureNow && !same(structure, structureNow))
    // What stands in a text is no property of its own: whoever ignores it or replaces by it means all the text.
    compare({ ...place, path: `${place.path}${INSIDE}` }, structure, structureNow, (change) =>
      note({ ...change, at: place.at }),
    )
  else if (text !== undefined && textNow !== undefined)
    compareTexts({ ...place, path: `${place.path} (decoded)` }, text, textNow, note)
  else if (before.includes('\n') || after.includes('\n')) {
    note({ ...place, lines: linesOf(compareSequences(before.split('\n'), after.split('\n'))) })
  } else {
    const [was, is] = around(before, after)
    note({ ...place, before: JSON.stringify(was), after: JSON.stringify(is) })
  }
}

/** Two texts of one line, long ones around what differs. */
function around(before: string, after: string): [string, string] {
  if (Math.max(before.length, after.length) <= LONGEST) return [before, after]
  let start = 0
  while (before[start] === after[start] && start < before.length) start++
  const from = Math.max(0, start - LONGEST / 4)
  const part = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + LONGEST)}${text.length > from + LONGEST ? '…' : ''}`
  return [part(before), part(after)]
}

function shownBoth(before: unknown, after: unknown) {
  return {
    ...(before === undefined ? {} : { before: shownValue(before) }),
    ...(after === undefined ? {} : { after: shownValue(after) }),
  }
}

function secretly(before: unknown, after: unknown) {
  const shown = (value: unknown) => (value instanceof Secret ? SECRET : '[no secret]')
  return {
    ...(before === undefined ? {} : { before: shown(before) }),
    ...(after === undefined ? {} : { after: shown(after) }),
  }
}

/** What went and what came, line by line; where as much came as went, each line around what differs from the other. */
function linesOf(hunks: Hunk[]): string[] {
  const lines = hunks.flatMap(({ gone, come }) => {
    const shown = (items: string[], others: string[]) =>
      items.map((item, index) => around(item, (items.length === others.length && others[index]) || '')[0])
    return [...shown(gone, come).map((line) => `- ${line}`), ...shown(come, gone).map((line) => `+ ${line}`)]
  })
  if (lines.length <= MOST_LINES) return lines
  return [...lines.slice(0, MOST_LINES - 1), `… and ${lines.length - MOST_LINES + 1} lines more`]
}

type Values = Record<string, unknown>

function isObject(value: unknown): value is Values {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Secret)
}

function areNamed(list: unknown[], key: string): boolean {
  const names = new Set(list.map((one) => (isObject(one) ? one[key] : undefined)))
  return names.size === list.length && [...names].every((name) => typeof name === 'string')
}

/** Whether two values are the same, what is not set being no property, and both secret or neither. */
function same(one: unknown, other: unknown): boolean {
  return one === other || identity(one) === identity(other)
}

/** A text that only equal values have. It holds secrets. */
function identity(value: unknown): string {
  return JSON.stringify(value, function (this: Values, key, given) {
    // What is given has been through `toJSON`, which hides secrets.
    const own = this[key]
    if (own instanceof Secret) return { [SECRET]: reveal(own) }
    return isObject(given) ? Object.fromEntries(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1))) : given
  }) as string
}

/** The mark between the path of a text and a path inside it. */
const INSIDE = ' >'

function below({ at, path }: Place, key: string): Place {
  const step = shownPath([key])
  const joint = path === '' ? '' : path.endsWith(INSIDE) ? ' ' : step.startsWith('[') ? '' : '.'
  return { at: [...at, key], path: `${path}${joint}${step}` }
}

function inside({ at, path }: Place, index: number, name: string | number = index): Place {
  return { at: [...at, index], path: `${path}${path.endsWith(INSIDE) ? ' ' : ''}[${name}]` }
}

/** What a text of JSON says. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A text that is written in base64, if it is one. */
function decoded(text: string): string | undefined {
  if (text.length < SHORTEST_CODE || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  try {
    const inner = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'))
    // Digits and letters alone decode to anything; words have spaces between them.
    return /\s/.test(inner) && !/[\p{Cc}--\s]/v.test(inner) ? inner : undefined
  } catch {
    return undefined
  }
}
