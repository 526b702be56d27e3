import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type CapturedResource, type Evaluation, Secret } from '../../tools/evaluate/index.ts'
import { STACKS } from './stacks.ts'

/** What may differ between two stacks of one definition. */
export type Kind = 'count' | 'size' | 'name' | 'address'

export interface Difference {
  resource: string
  /** Path within the inputs. */
  path: string
  kind: Kind | 'other'
  dev: unknown
  prod: unknown
}

/** A number, alone or with a unit: `16`, `500m`, `512Mi`, `30d`, `10min`, `PT30M`. */
const SIZE = /^(-Xm[sx])?\d+(\.\d+)?(m|mb|[KMGT]i?B?|k|kB|s|ms|min|h|d)?$/
const ADDRESS = /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/
/** Follows from what differs elsewhere: identifiers that Oracle gives, checksums, and encoded texts. */
const DERIVED = /^ocid1\.[a-z0-9.-]+$|^\.?[0-9a-f]{40,64}$|^[A-Za-z0-9+/=]{200,}$/

/**
 * How two stacks differ in a resource that both declare. Texts are compared word by word, so that a configuration file
 * may differ in its numbers and names but not in what it says.
 */
export function differences(name: string, dev: CapturedResource, prod: CapturedResource): Difference[] {
  const found: Difference[] = []
  const note = (path: string, kind: Difference['kind'], one: unknown, other: unknown) =>
    found.push({ resource: name, path, kind, dev: one, prod: other })

  const compare = (path: string, one: unknown, other: unknown): void => {
    if (one instanceof Secret && other instanceof Secret) return
    if (JSON.stringify(one) === JSON.stringify(other)) return
    if (Array.isArray(one) && Array.isArray(other)) {
      if (one.length !== other.length) note(path, 'count', one.length, other.length)
      for (let index = 0; index < Math.min(one.length, other.length); index++)
        compare(`${path}[]`, one[index], other[index])
    } else if (isObject(one) && isObject(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        // An institution's own words.
        if (named(key).includes(INSTITUTION)) continue
        compare(`${path}.${named(key)}`, valueAt(one, key), valueAt(other, key))
      }
    } else if (typeof one === 'number' && typeof other === 'number') note(path, 'size', one, other)
    else if (typeof one === 'string' && typeof other === 'string') compareTexts(path, one, other)
    else note(path, 'other', one, other)
  }

  const compareTexts = (path: string, one: string, other: string): void => {
    const [structure, structureOther] = [parsed(one), parsed(other)]
    if (named(one) === named(other)) note(path, 'name', one, other)
    else if (structure && structureOther) compare(path, structure, structureOther)
    else compareWords(path, one, other)
  }

  const compareWords = (path: string, one: string, other: string): void => {
    const [words, others] = [wordsOf(one), wordsOf(other)]
    if (words.length !== others.length) note(path, 'other', one, other)
    for (const [index, word] of words.entries()) {
      const against = others[index]
      if (against === undefined || word === against) continue
      const both = (form: RegExp) => form.test(word) && form.test(against)
      note(path, both(ADDRESS) ? 'address' : both(SIZE) ? 'size' : both(DERIVED) ? 'name' : 'other', word, against)
    }
  }

  compare('', dev.inputs, prod.inputs)
  return found
}

/** Words of a text, what stands between spaces, quotes and the like; of lines that say the same of several, one. */
function wordsOf(text: string): string[] {
  return [...new Set(named(text).split('\n'))].flatMap((line) => line.split(/[\s"'`,;:=()[\]{}<>|@]+/))
}

/** What a text of JSON says. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !(value instanceof Secret)
}

/** The value of a key, under whichever name its stack gives it. */
function valueAt(object: Record<string, unknown>, key: string): unknown {
  const own = Object.keys(object).find((candidate) => named(candidate) === named(key))
  return own === undefined ? undefined : object[own]
}

const PROJECT = join(import.meta.dirname, '../..')

const INSTITUTION = '<institution>'

/** Names that only one stack uses, longest first, each with what stands for it in a comparison. */
const NAMES = STACKS.flatMap((stack) => {
  const settings = parse(readFileSync(join(PROJECT, `Pulumi.${stack}.yaml`), 'utf8')).config
  const folder = join(PROJECT, 'infra/tenants', stack)
  const tenants = readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), 'utf8')))
  return [
    ...[...texts(settings)].filter(([, text]) => text.length > 3).map(([path, text]) => [`<${path}>`, text] as const),
    ...tenants.flatMap(({ id, hosts, cell }) => [
      [INSTITUTION, id] as const,
      ...hosts.map((host: string) => ['<host>', host] as const),
      ['<cell>', cell] as const,
    ]),
  ]
}).sort(([, a], [, b]) => b.length - a.length)

function* texts(value: unknown, path = ''): Generator<[path: string, text: string]> {
  if (typeof value === 'string') {
    if (!SIZE.test(value) && !ADDRESS.test(value)) yield [path, value]
  } else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      yield* texts(inner, Array.isArray(value) ? path : `${path}.${key}`)
}

/** A text in which the names of one stack are replaced by what they name. */
function named(text: string): string {
  let result = text
  for (const [meaning, name] of NAMES) result = result.replaceAll(name, meaning)
  return result.replaceAll(/(dev|prod)(?![a-z])/g, '<stack>')
}

/**
 * The parts of a stack, by a name that is the same in all stacks: numbered and tenants' parts under one name. Cells are
 * compared by the first of each.
 */
export function parts({ resources, stack }: Evaluation): Map<string, CapturedResource> {
  const cells = [...new Set(resources.map(({ name }) => /^kura-cell-([a-z0-9]+)$/.exec(name)?.[1]))].filter(Boolean)
  const [cell, ...others] = cells
  const found = new Map<string, CapturedResource>()
  for (const resource of resources) {
    if (others.some((other) => new RegExp(`-cell-${other}(-|$)`).test(resource.name))) continue
    if (resource.name.startsWith('kura-passwords-')) continue
    const name = resource.name
      .replace(new RegExp(`-cell-${cell}(?=-|$)`), '-cell-<cell>')
      .replace(`kura-${stack}`, 'kura-<stack>')
      .replaceAll(/-\d+(?=-|$)/g, '-<n>')
    const key = `${resource.type} ${name}`
    if (!found.has(key)) found.set(key, resource)
  }
  return found
}
