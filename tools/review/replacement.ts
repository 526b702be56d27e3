import { type CapturedResource, reveal } from '../evaluate/index.ts'
import { fixedInputs } from './immutable.ts'
import { isWithin, type Path, parsePath, shownPath } from './path.ts'
import type { PropertyChange } from './property.ts'
import { isUpdatable } from './updatable.ts'

/** A resource of both evaluations, with what differs. */
export interface Pair {
  before: CapturedResource
  after: CapturedResource
  properties: PropertyChange[]
}

/** Why a resource is made anew instead of changed. */
export interface Replacement {
  /** Whether it is, as far as a declaration can tell; else it may be. */
  certain: boolean
  /** Clauses, such as `name has changed`. */
  because: string[]
}

/**
 * Which resources are made anew, by URN. The engine asks providers, which are not here: what they would answer comes
 * from a table, and for Oracle's other types from the marks of the documentation. It spreads: whatever cannot change in
 * place and comes from a resource that is made anew makes the next one anew. There, what can change in place is added to
 * the properties.
 *
 * @param successors by URN before, the URN now, of resources that have another
 */
export function findReplacements(pairs: Pair[], successors: Map<string, string>): Map<string, Replacement> {
  const found = new Map<string, Replacement>()
  for (const pair of pairs) {
    const replacement = ownReplacement(pair, successors)
    if (replacement) found.set(pair.after.urn, replacement)
  }
  const byUrn = new Map(pairs.map((pair) => [pair.after.urn, pair]))
  const users = Map.groupBy(
    pairs.flatMap(({ after }) => sources(after).map((source) => ({ source, urn: after.urn }))),
    ({ source }) => source,
  )
  const following = new Map<PropertyChange, string[]>()
  // A replacement that has become certain is spread once more, as one that is.
  const queue = [...found.keys()]
  for (let urn = queue.shift(); urn !== undefined; urn = queue.shift()) {
    const cause = byUrn.get(urn) as Pair
    const { certain } = found.get(urn) as Replacement
    for (const user of new Set(users.get(urn)?.map((use) => use.urn))) {
      const before = found.get(user)
      const replacement = spread(cause.after, certain, byUrn.get(user) as Pair, following)
      if (!replacement || (before?.certain && !replacement.certain)) continue
      const more = !before || before.certain !== replacement.certain
      found.set(user, more ? replacement : joined(before, replacement))
      if (more) queue.push(user)
    }
  }
  for (const [property, causes] of following) property.lines = shortened(causes)
  for (const [urn, { certain, because }] of found) found.set(urn, { certain, because: shortened(because) })
  return found
}

/** One replacement for several causes of it. What has changed by itself need not be said to come from elsewhere. */
function joined({ certain, because }: Replacement, other: Replacement): Replacement {
  const [told, more] = [new Set(because), other.because]
  const changed = (clause: string) => because.includes(`${clause.split(' comes from ')[0]} has changed`)
  return { certain, because: [...told, ...more.filter((clause) => !told.has(clause) && !changed(clause))] }
}

/** Causes that are told; of more, how many there are. */
const MOST_CAUSES = 4

function shortened(causes: string[]): string[] {
  if (causes.length <= MOST_CAUSES) return causes
  return [...causes.slice(0, MOST_CAUSES - 1), `and ${causes.length - MOST_CAUSES + 1} others`]
}

function ownReplacement({ before, after, properties }: Pair, successors: Map<string, string>): Replacement | undefined {
  const tied = after.replaceOnChanges.map(parsePath)
  const certain = [
    ...properties.filter(({ at }) => isFixed(after, at)).map(({ path }) => `${path} has changed`),
    ...properties
      .filter(({ at }) => tied.some((pattern) => isWithin(at, pattern)) && !isFixed(after, at))
      .map(({ path }) => `${path} has changed, and replaceOnChanges names it`),
  ]
  if (certain.length > 0) return { certain: true, because: certain }
  const [was, is] = [providerOf(before), providerOf(after)]
  const perhaps = [
    ...properties.filter(({ at }) => isUnmarked(after, at)).map(({ path }) => `${path} has changed`),
    ...(is === (successors.get(was) ?? was) ? [] : ['its provider is another']),
  ]
  return perhaps.length > 0 ? { certain: false, because: perhaps } : undefined
}

/** What becomes of a resource that uses one that is, or may be, made anew. */
function spread(
  cause: CapturedResource,
  certain: boolean,
  user: Pair,
  following: Map<PropertyChange, string[]>,
): Replacement | undefined {
  const { after, properties } = user
  const told = `${cause.name}, which ${certain ? 'is' : 'may be'} replaced`
  if (providerOf(after) === cause.urn) return { certain, because: [`it is made by ${told}`] }
  const given = givenBy(cause)
  const ignored = after.ignoreChanges.map(parsePath)
  const follows = Object.entries(after.propertyDependencies)
    .filter(([, urns]) => urns.includes(cause.urn))
    .flatMap(([key]) => placesOf(given, after.inputs[key], [key]))
    .filter((path) => !ignored.some((pattern) => isWithin(path, pattern)))
  const clauses = (paths: Path[]) => paths.map((path) => `${shownPath(path)} comes from ${told}`)
  const fixed = follows.filter((path) => isFixed(after, path))
  if (fixed.length > 0) return { certain, because: clauses(fixed) }
  const unmarked = follows.filter((path) => isUnmarked(after, path))
  if (unmarked.length > 0) return { certain: false, because: clauses(unmarked) }
  // Else it changes in place, if nothing else of it says so yet.
  if (certain)
    for (const key of new Set(follows.map(([first]) => `${first}`))) {
      const known = properties.find(({ at }) => at[0] === key)
      const property = known ?? { at: [key], path: shownPath([key]) }
      if (!known) properties.push(property)
      if (!known || following.has(property))
        following.set(property, [...new Set([...(following.get(property) ?? []), `comes from ${told}`])])
    }
  return undefined
}

/** Whether a table says that an input cannot change in place. */
function isFixed({ type, inputs }: CapturedResource, path: Path): boolean {
  return fixedInputs(type, inputs).some((input) => {
    const pattern = parsePath(input)
    return isWithin(path, pattern) || isWithin(pattern, path)
  })
}

/** Whether nothing says that an input can change in place: Oracle's documentation does not, or it is the region. */
function isUnmarked({ type }: CapturedResource, path: Path): boolean {
  if (type === 'pulumi:providers:oci') return path[0] === 'region'
  return type.startsWith('oci:') && isUpdatable(type, path) === false
}

/** What others get of a resource that another one in its place would have otherwise: its identifier and what it computes. */
function givenBy({ type, id, inputs, outputs }: CapturedResource): string[] {
  // An object of Kubernetes is known by the name that it is given.
  const own = type.startsWith('kubernetes:') ? [] : [id]
  const computed = Object.keys(outputs)
    .filter((key) => !(key in inputs))
    .flatMap((key) => textsOf(reveal(outputs[key])))
  return [...own, ...computed].filter((text) => text !== '')
}

/** Where in an input one of some texts stands. */
function placesOf(given: string[], input: unknown, path: Path): Path[] {
  const value = reveal(input)
  if (typeof value === 'string') return given.some((text) => value.includes(text)) ? [path] : []
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((inner, index) => placesOf(given, inner, [...path, index]))
  return Object.entries(value).flatMap(([key, inner]) => placesOf(given, inner, [...path, key]))
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/** URNs of what a resource comes from: other resources, and its provider. */
function sources(resource: CapturedResource): string[] {
  return [...new Set([...Object.values(resource.propertyDependencies).flat(), providerOf(resource)])]
}

/** URN of a resource's provider: `<URN>::<id>` without the identifier. */
function providerOf({ provider }: CapturedResource): string {
  return provider.slice(0, Math.max(0, provider.lastIndexOf('::')))
}
