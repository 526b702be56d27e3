import { shown } from '../../../records/index.ts'
import { allLabels, pathOf, plain } from './labels.ts'
import { mainField, type Place, singular, TABLE, takesDates } from './model.ts'
import { nearest } from './nearest.ts'

/** A column: where in the model its cells belong. */
export interface Column {
  /** As the header has it. */
  name: string
  moves: Move[]
  /** The place at the end. */
  holds: { type: Place['type']; dates: boolean; file: boolean }
  /** Whether a cell holds several values. */
  splits: boolean
}

/** A step from an object to one of its fields. */
export interface Move {
  field: string
  /** Of a list: which member is meant. */
  member?: {
    /** Its number, from 1; or that of the value among those of the cell. */
    number: number | 'of the value'
    /** Among which members it has that number: all, or those of which a name without number says the same. */
    group: string
  }
  /** What the column's name says of the object that is reached, such as `{ scheme: 'NDC' }`. */
  says: { readonly [field: string]: string }
}

/** The name of a column is wrong. */
export class UnknownColumn extends Error {}

/** A name between dots, and what stands in brackets behind it. */
interface Step {
  name: string
  brackets: string[]
}

/** A title or a description is one value, whatever signs it holds. */
const WHOLE = /(titles|descriptions)$/i
/** Languages that can stand in brackets: others need a column. */
export const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/
const MOST_MEMBERS = 10_000

/**
 * Reads a column's name: the path of a field in the record model, such as `creator[1].name[ja-Kana]`. Lists may be
 * named by one of their members. Brackets hold the number of a member, a language, or a term of the member's type or
 * scheme. Where a path stops at an object, its main field is meant.
 *
 * @throws UnknownColumn with what is wrong, and the nearest names that there are.
 */
export function readColumn(name: string): Column {
  const moves: Move[] = []
  const end = walk(TABLE, stepsOf(name), '')
  // Values of one cell belong to the members of the first list whose member the name leaves open.
  const open = moves.find(({ member }) => member?.number === 'of the value')
  for (const { member, says } of moves) {
    if (member?.number !== 'of the value') continue
    member.group = Object.entries(says).sort().join()
    if (member !== open?.member) member.number = 1
  }
  const list = moves.findLast(({ member }) => member !== undefined)?.field ?? ''
  return { name, moves, holds: end, splits: open !== undefined && !WHOLE.test(list) }

  function walk(place: Place, steps: Step[], before: string): Column['holds'] {
    const [step, ...rest] = steps
    if (step === undefined) throw new UnknownColumn(`${shown(name)} is no name of a column`)
    const field = fieldOf(place, step.name)
    if (field === undefined) {
      const other = detour(place, step)
      if (!other) throw new UnknownColumn(`${shown(name)} is not known${advice(place, before, step)}`)
      return walk(place, [...other, ...rest], before)
    }
    let target = place.properties?.[field] as Place
    const move: Move = { field, says: {} }
    moves.push(move)
    const isList = target.type === 'array'
    if (isList) {
      target = target.items as Place
      move.member = { number: 'of the value', group: '' }
    }
    const left = step.brackets.filter((bracket) => !settle(bracket, move, target))
    const path = `${before}${isList ? singular(field) : field}${brackets(step.brackets)}`
    const main = mainField(target)
    if (rest.length > 0 && left.length === 0 && target.type === 'object') return walk(target, rest, `${path}.`)
    if (rest.length === 0 && main !== undefined && (left.length === 0 || hasParts(target.properties?.[main]))) {
      const holds = walk(target, [{ name: main, brackets: left }], `${path}.`)
      return { ...holds, file: main === 'uri' }
    }
    if (left.length > 0) throw new UnknownColumn(`${shown(name)} has [${left[0]}], ${allowedHere(target, isList)}`)
    if (rest.length > 0) throw new UnknownColumn(`${shown(name)} goes on behind ${path}, where nothing follows`)
    if (target.type === 'object') {
      const parts = namesIn(target).flatMap((part) => (part in move.says ? [] : [`${path}.${part}`]))
      throw new UnknownColumn(`${shown(name)} says too little: write ${parts.join(' or ')}`)
    }
    return { type: target.type, dates: takesDates(field, target), file: false }
  }
}

function stepsOf(name: string): Step[] {
  const text = name.normalize('NFKC')
  if (!/^[^.[\]]+(\[[^[\]]+\])*(\.[^.[\]]+(\[[^[\]]+\])*)*$/.test(text))
    throw new UnknownColumn(`${shown(name)} is no name of a column`)
  return [...text.matchAll(/([^.[\]]+)((?:\[[^[\]]+\])*)/g)].map(([, step = '', inBrackets = '']) => ({
    name: step.trim(),
    brackets: [...inBrackets.matchAll(/\[([^[\]]+)\]/g)].map(([, bracket = '']) => bracket.trim()),
  }))
}

const brackets = (all: readonly string[]) => all.map((bracket) => `[${bracket}]`).join('')

const fieldOf = ({ properties = {} }: Place, name: string) =>
  Object.keys(properties).find(
    (field) =>
      plain(field) === plain(name) || (properties[field]?.type === 'array' && plain(singular(field)) === plain(name)),
  )

/** The steps that a name stands for which is no field: a label, or the scheme of an identifier (`creator[1].orcid`). */
function detour(place: Place, { name, brackets }: Step): Step[] | undefined {
  const path = pathOf(name)
  const steps = path === undefined ? schemeStep(place, name) : stepsOf(path)
  const [first] = steps ?? []
  if (!steps || !first || fieldOf(place, first.name) === undefined) return undefined
  const last = steps.at(-1) as Step
  return [...steps.slice(0, -1), { ...last, brackets: [...last.brackets, ...brackets] }]
}

function schemeStep(place: Place, name: string): Step[] | undefined {
  const scheme = schemesIn(place).find((term) => plain(term) === plain(name))
  return scheme === undefined ? undefined : [{ name: 'identifier', brackets: [scheme] }]
}

function schemesIn({ properties = {} }: Place): readonly string[] {
  const identifier = properties.identifiers?.items ?? properties.identifier
  return identifier?.properties?.scheme?.enum ?? []
}

/** Lets a bracket say its part of the object that is reached; false if it means nothing there. */
function settle(bracket: string, move: Move, { properties = {} }: Place): boolean {
  if (/^\d+$/.test(bracket)) {
    const number = Number(bracket)
    if (!move.member || typeof move.member.number === 'number' || number < 1 || number > MOST_MEMBERS) return false
    move.member = { number, group: '' }
    return true
  }
  for (const [field, { enum: terms }] of Object.entries(properties)) {
    const term = field === 'term' ? undefined : terms?.find((term) => plain(term) === plain(bracket))
    if (term === undefined || field in move.says) continue
    move.says = { ...move.says, [field]: term }
    return true
  }
  if (!('lang' in properties) || 'lang' in move.says || !LANGUAGE.test(bracket)) return false
  move.says = { ...move.says, lang: bracket }
  return true
}

function allowedHere({ properties = {} }: Place, isList: boolean): string {
  const terms = Object.entries(properties).flatMap(([field, place]) => (field === 'term' ? [] : (place.enum ?? [])))
  const allowed = [
    ...(isList ? ['a number from 1'] : []),
    ...('lang' in properties ? ['a language such as ja, en or ja-Kana'] : []),
    ...terms,
  ]
  return allowed.length === 0
    ? 'where nothing can stand in brackets'
    : `where brackets may hold: ${allowed.join(', ')}; each once`
}

/** Whether a place, or a member of it, is an object: brackets may mean something there. */
const hasParts = (place: Place | undefined) => (place?.items ?? place)?.type === 'object'

const namesIn = ({ properties = {} }: Place) =>
  Object.entries(properties).map(([field, { type }]) => (type === 'array' ? singular(field) : field))

function advice(place: Place, before: string, { name, brackets: own }: Step): string {
  const labels = allLabels.filter((label) => detour(place, { name: label, brackets: [] }))
  const near = nearest(name, [...namesIn(place), ...schemesIn(place), ...labels], plain)
  return near.length === 0 ? '' : `; similar are ${near.map((other) => `${before}${other}${brackets(own)}`).join(', ')}`
}
