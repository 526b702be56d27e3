import { isDeepStrictEqual } from 'node:util'
import type { KubernetesObject } from '../../../cluster/api.ts'
import type { Properties } from '../stand-in.ts'

/**
 * What is applied. The texts of a Secret go as its data, as the real provider sends them: applied as texts, a key that
 * is left out the next time would stay.
 */
export function payload(inputs: Properties): KubernetesObject {
  const object = inputs as Properties & KubernetesObject
  if (object.kind !== 'Secret' || object.stringData === undefined) return object
  const { stringData, data, ...rest } = object
  return {
    ...rest,
    data: { ...(data as Texts), ...mapped(stringData, (text) => Buffer.from(text).toString('base64')) },
  }
}

/**
 * What the inputs would have to be for the object as it is: theirs where nothing changed since the provider saw it
 * last, the live value where it did. What nobody declared is left out. So another way to write the same (`0.5` and
 * `500m`) is no change, and what somebody did by hand is one.
 *
 * @param known.before the object as the provider saw it last.
 */
export function declaredIn(live: KubernetesObject, known: { inputs: Properties; before: Properties }): Properties {
  // The API keeps what a Secret is given as text among its data.
  const asText = (object: Properties) =>
    known.inputs.stringData === undefined ? object : { ...object, stringData: texts(object.data) }
  return merged(known.inputs, asText(known.before), asText(live)) as Properties
}

function merged(input: unknown, before: unknown, live: unknown): unknown {
  if (isDeepStrictEqual(before, live)) return input
  if (isObject(input) && isObject(live))
    return Object.fromEntries(
      Object.entries(input)
        .filter(([key]) => key in live || !isObject(before) || !(key in before))
        .map(([key, value]) => [key, merged(value, isObject(before) ? before[key] : undefined, live[key])]),
    )
  if (Array.isArray(input) && Array.isArray(live) && input.length === live.length)
    return input.map((value, index) => merged(value, Array.isArray(before) ? before[index] : undefined, live[index]))
  return live
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const texts = (data: unknown) => mapped(data, (value) => Buffer.from(value, 'base64').toString())

type Texts = Record<string, string>
const mapped = (values: unknown, map: (value: string) => string): Texts =>
  Object.fromEntries(Object.entries((values ?? {}) as Texts).map(([key, value]) => [key, map(value)]))
