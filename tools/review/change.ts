import type { CapturedResource, Evaluation } from '../evaluate/index.ts'
import { captured } from '../plan/declared.ts'
import { leavingCells } from './leaving.ts'
import { match } from './match.ts'
import { compareProperties, type PropertyChange } from './property.ts'
import { type Renamed, rereading } from './renaming.ts'
import { findReplacements, type Replacement } from './replacement.ts'
import { findTwins } from './twin.ts'

/** What becomes of a resource. */
export interface Change {
  kind: 'added' | 'changed' | 'replaced' | 'removed'
  name: string
  type: string
  /** Of now; of a removed one, the one that it had. */
  urn: string
  /** The part of the platform that it belongs to. */
  part: string
  /** The name that an alias says it had, or the URN if the name is the same. */
  formerly?: string
  properties: PropertyChange[]
  /** Options that differ: protection, what is ignored and the like. */
  options: PropertyChange[]
  /** Of a replaced one: why, and whether it is sure. */
  replacement?: Replacement
  /** Of a removed one: the URN of an added one that is the same object in the cluster. */
  twin?: string
  /** Of a removed one: the cell that is taken away whole, and it with it. */
  goesWith?: string
  before?: CapturedResource
  after?: CapturedResource
}

type Evaluated = Pick<Evaluation, 'stack' | 'resources'>

/**
 * What becomes of the resources of a stack when one evaluation follows another, as an engine would find it by their URNs
 * and aliases. Components are left out, since they exist in the definition alone; those that are given something stay,
 * because somebody else makes their children of it.
 */
export function compareStacks(before: Evaluated, after: Evaluated): Change[] {
  const matched = match(before.resources, after.resources)
  const renamed = matched.filter((both): both is Renamed => both[0] !== undefined && both[0].urn !== both[1].urn)
  const inputsOf = rereading(renamed)
  const pairs = matched.flatMap(([was, now]) =>
    was && isReal(now)
      ? [{ before: was, after: now, properties: compareProperties(inputsOf(was), now.inputs, now.ignoreChanges) }]
      : [],
  )
  const replacements = findReplacements(pairs, new Map(renamed.map(([was, now]) => [was.urn, now.urn])))

  const now = captured(after)
  const then = captured(before)
  const described = (resource: CapturedResource, declared = now) => {
    const { name, type, urn } = resource
    return { name, type, urn, part: declared.part(resource), properties: [], options: [] }
  }
  const known = new Set(matched.map(([was]) => was?.urn))
  const added = matched.flatMap(([was, resource]) => (!was && isReal(resource) ? [resource] : []))
  const removed = before.resources.filter((resource) => !known.has(resource.urn) && isReal(resource))
  const twins = findTwins(removed, added)
  const leaving = leavingCells(before.resources, after.resources)
  return [
    ...added.map((resource): Change => ({ ...described(resource), kind: 'added', after: resource })),
    ...pairs
      .map((pair): Change => {
        const replacement = replacements.get(pair.after.urn)
        return {
          ...described(pair.after),
          ...formerly(pair.before, pair.after),
          ...pair,
          ...(replacement ? { kind: 'replaced', replacement } : { kind: 'changed' }),
          options: compareProperties(optionsOf(pair.before), optionsOf(pair.after)),
        }
      })
      .filter(
        ({ properties, options, replacement, formerly: other }) =>
          properties.length > 0 || options.length > 0 || replacement || other,
      ),
    ...removed.map((resource): Change => {
      const twin = twins.get(resource.urn)
      const goesWith = leaving.get(resource.urn)
      return {
        ...described(resource, then),
        kind: 'removed',
        before: resource,
        ...(twin === undefined ? {} : { twin }),
        ...(goesWith === undefined ? {} : { goesWith }),
      }
    }),
  ]
}

function isReal({ type, custom, inputs }: CapturedResource): boolean {
  return type !== 'pulumi:pulumi:Stack' && (custom || Object.keys(inputs).length > 0)
}

function formerly(before: CapturedResource, after: CapturedResource): Pick<Change, 'formerly'> {
  if (before.urn === after.urn) return {}
  return { formerly: before.name === after.name ? before.urn : before.name }
}

/** What a resource's options say of what may become of it. */
function optionsOf({
  protect,
  retainOnDelete,
  deleteBeforeReplace,
  ignoreChanges,
  replaceOnChanges,
}: CapturedResource) {
  return { protect, retainOnDelete, deleteBeforeReplace, ignoreChanges, replaceOnChanges }
}
