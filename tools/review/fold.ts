import { shownPart } from '../plan/declared.ts'
import type { Change } from './change.ts'
import type { PropertyChange } from './property.ts'

/** Changes that are the same of many resources, as one. */
export interface Fold {
  kind: Change['kind']
  /** The last word of the type. */
  type: string
  /** Names, or a pattern of many. */
  names: string
  /** What they were called before. */
  formerly?: string
  properties: FoldedProperty[]
}

export interface FoldedProperty {
  path: string
  /** What becomes of it, the rarest first, each with how many resources it is so of. */
  values: { says: string[]; count: number }[]
}

/** Changes of a part of the platform; cells are one. */
export interface PartChanges {
  part: string
  /** How many parts that is. */
  parts: number
  counts: Record<Change['kind'], number>
  folds: Fold[]
}

/** Names that are listed one by one. */
const LISTED = 4

/** Changes by part, those that are alike as one. */
export function foldChanges(changes: Change[]): PartChanges[] {
  return [...Map.groupBy(changes, ({ part }) => shownPart(part))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([part, some]) => ({
      part,
      parts: new Set(some.map((change) => change.part)).size,
      counts: countKinds(some),
      folds: foldAlike(some),
    }))
}

/** First what differs in a cell or a number of the name alone, then what of one type changes in the same way. */
function foldAlike(changes: Change[]): Fold[] {
  const groups = [...Map.groupBy(changes, alike).values()].map((some) => ({ some, properties: foldProperties(some) }))
  const same = Map.groupBy(groups, ({ some: [first], properties }) => {
    const { kind, type, formerly, replacement } = first as Change
    return JSON.stringify([kind, type, formerly !== undefined, replacement?.certain, properties])
  })
  return [...same.values()].map((some) =>
    fold(
      some.flatMap((group) => group.some),
      some[0]?.properties ?? [],
    ),
  )
}

function fold(changes: Change[], properties: FoldedProperty[]): Fold {
  const [{ kind, type, formerly }] = changes as [Change]
  return {
    kind,
    type: shownType(type),
    names: shownNames(changes),
    ...(formerly === undefined
      ? {}
      : { formerly: shownNames(changes.map(({ formerly: name = '', part }) => ({ name, part }))) }),
    properties,
  }
}

export function countKinds(changes: Change[]): Record<Change['kind'], number> {
  const counts = { added: 0, changed: 0, replaced: 0, removed: 0 }
  for (const { kind } of changes) counts[kind]++
  return counts
}

/** The last word of a type: `Bucket` of `oci:ObjectStorage/bucket:Bucket`. */
export function shownType(type: string): string {
  if (type.startsWith('pulumi:providers:')) return 'Provider'
  return type.split(':').at(-1) ?? type
}

/** What changes have in common that are told as one. */
function alike(change: Change): string {
  const { kind, type, formerly, properties, options, replacement } = change
  // Of what is only there, gone or renamed nothing but the names differs.
  const named = (kind === 'changed' || kind === 'replaced') && formerly === undefined ? patternOf(change) : ''
  const paths = new Set([...properties, ...options].map(({ path }) => anyName(path)))
  return JSON.stringify([kind, type, named, formerly !== undefined, replacement?.certain, [...paths].toSorted()])
}

function foldProperties(changes: Change[]): FoldedProperty[] {
  const all = changes.map((change) => [...change.options, ...change.properties])
  const exact = new Set(all.map((properties) => properties.map(({ path }) => path).join('\n'))).size === 1
  const found = changes.flatMap((change, index) =>
    (all[index] ?? []).map((property) => ({
      path: exact ? property.path : anyName(property.path),
      says: says(property, changes.length > 1 ? change : undefined),
    })),
  )
  return [...Map.groupBy(found, ({ path }) => path)].map(([path, some]) => ({
    path,
    values: [...Map.groupBy(some, ({ says }) => says.join('\n')).values()]
      .map((same) => ({ says: same[0]?.says ?? [], count: same.length }))
      .toSorted((a, b) => a.count - b.count),
  }))
}

/** @param among the change that it is of, where there are others that may be the same but for the cell's name */
function says({ before, after, lines }: PropertyChange, among: Change | undefined): string[] {
  const value = (text: string) =>
    (among ? withoutOwn(text, among) : text).replaceAll(DIGEST, (digest) => shownDigest(digest, among))
  if (lines) return lines.map(value)
  if (before === after) return [`${after} has changed`]
  if (before === undefined) return [`set to ${value(after ?? '')}`]
  if (after === undefined) return [`no longer set; it was ${value(before)}`]
  return [`${value(before)} → ${value(after)}`]
}

/** A checksum, of which one wants to know that it changed. An image's, after its colon, says which image it is. */
const DIGEST = /(?<![0-9a-f:])[0-9a-f]{32,64}(?![0-9a-f])/g

const shownDigest = (digest: string, among: Change | undefined) => (among ? '<checksum>' : `${digest.slice(0, 8)}…`)

/** A resource by its name, and the part of the platform that it belongs to. */
type Named = Pick<Change, 'name' | 'part'>

/** In the name of a part that is a cell, or of a resource that another part has for one. */
const CELL = /-cell-([a-z0-9]+)(?=-|$)/

/** A text without the name of the cell that a resource is of. */
function withoutOwn(text: string, { name, part }: Named): string {
  const cell = /^kura-cell-(.+)$/.exec(part)?.[1] ?? CELL.exec(name)?.[1]
  return cell === undefined ? text : text.replaceAll(new RegExp(`\\b${cell}\\b`, 'g'), '*')
}

/** A name without what tells it from its like: cells and numbers. */
function patternOf({ name, part }: Named): string {
  return name
    .replace(part, shownPart(part))
    .replace(CELL, '-cell-*')
    .replaceAll(/-\d+(?=-|$)/g, '-*')
}

/** A path without the names of elements of lists. */
function anyName(path: string): string {
  return path.replaceAll(/\[[^\]"]+\]/g, '[*]')
}

function shownNames(all: Named[]): string {
  const names = all.map(({ name }) => name)
  if (names.length === 1) return names[0] as string
  const patterns = [...Map.groupBy(all, patternOf)].map(([pattern, some]) =>
    some.length === 1 ? (some[0] as Named).name : `${pattern} (${some.length})`,
  )
  if (patterns.length <= LISTED) return patterns.join(', ')
  const prefix = commonStart(names)
  const listed = names.slice(0, LISTED - 1)
  return prefix === ''
    ? `${listed.join(', ')} and ${names.length - listed.length} more`
    : `${prefix}* (${names.length})`
}

/** What all names start with, up to a hyphen. */
function commonStart([first = '', ...others]: string[]): string {
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--
  return length === 0 ? '' : first.slice(0, first.lastIndexOf('-', length - 1) + 1)
}
