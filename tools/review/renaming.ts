import { type CapturedResource, reveal, Secret } from '../evaluate/index.ts'

/** A resource before and after, where they are one by an alias alone. */
export type Renamed = [before: CapturedResource, after: CapturedResource]

/**
 * Renaming keeps a resource with its identifier and all that was made for it. The evaluator makes those up from the name,
 * so that what was made of them before has to be read as if the name had always been the one of now.
 *
 * @returns the inputs of an earlier resource, so read
 */
export function rereading(renamed: Renamed[]): (resource: CapturedResource) => Record<string, unknown> {
  const texts = new Map(renamed.map(([before, after]) => [before.urn, madeTexts(before, after)]))
  return ({ inputs, propertyDependencies }) => {
    const replaced = Object.entries(propertyDependencies).map(([key, urns]) => {
      const known = urns.flatMap((urn) => texts.get(urn) ?? [])
      return [key, known.length === 0 ? inputs[key] : reread(inputs[key], known)]
    })
    return texts.size === 0 ? inputs : { ...inputs, ...Object.fromEntries(replaced) }
  }
}

/** The identifier and the computed texts of a resource before, each with that of now. */
function madeTexts(before: CapturedResource, after: CapturedResource): [string, string][] {
  const computed = Object.keys(before.outputs)
    .filter((key) => !(key in before.inputs))
    .map((key) => [reveal(before.outputs[key]), reveal(after.outputs[key])])
  return [[before.id, after.id], ...computed].filter(
    (pair): pair is [string, string] => pair.every((text) => typeof text === 'string') && pair[0] !== '',
  )
}

function reread(value: unknown, texts: [string, string][]): unknown {
  if (typeof value === 'string') return texts.reduce((text, [from, to]) => text.replaceAll(from, to), value)
  if (value instanceof Secret) return new Secret(reread(value.value, texts))
  if (Array.isArray(value)) return value.map((inner) => reread(inner, texts))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reread(inner, texts)]))
}
