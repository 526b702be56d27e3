import type { Value } from './values.ts'

/**
 * The words in which `elements.ts` describes the format. A shape says of every field of a model object where it lies
 * in the element; the order of its fields is the order of the schema.
 */
export type Shape<T> = { readonly [Field in keyof T]-?: Place<NonNullable<T[Field]>> }

type Scalar = string | number | boolean
/** What an element holds: characters that are one value, or the parts of an object. */
type Holds<T> = [T] extends [Scalar] ? Value<T> : Shape<T>
type Place<T> = [T] extends [readonly (infer Item)[]]
  ? Many<Item>
  : One<T> | ([T] extends [Scalar] ? Content<T> | Attribute<T> | Concept | Inside : never)

/** The characters of the element itself. */
export interface Content<T> {
  kind: 'content'
  value: Value<T>
}

export interface Attribute<T> {
  kind: 'attribute'
  name: string
  value: Value<T>
  /** Without it the element is invalid, and is left out where the attribute cannot be written. */
  required: boolean
}

/** An attribute with the URI of the concept that the element's term names: read as it stands, written from the term. */
export interface Concept {
  kind: 'concept'
  name: string
  uriOf: (term: string) => string
}

/** A child element that stands once. */
export interface One<T> {
  kind: 'one'
  name: string
  holds: Holds<T>
}

/** A child element that repeats: its field is a list. */
export interface Many<T> {
  kind: 'many'
  name: string
  holds: Holds<T>
}

/** A child element in which this and other fields of the same object lie together. */
export interface Inside {
  kind: 'inside'
  name: string
  shape: AnyShape
}

/** A shape as reader and writer walk it, its types having done their work when the description was written. */
export interface AnyShape {
  readonly [field: string]: Content<Any> | Attribute<Any> | Concept | AnyChild | Inside
}
export interface AnyChild {
  kind: 'one' | 'many'
  name: string
  holds: AnyValue | AnyShape
}
export type AnyValue = Value<Any>
// biome-ignore lint/suspicious/noExplicitAny: fields of every type stand side by side in a walk
type Any = any

/** Whether an element holds one value rather than the parts of an object. */
export const isValue = (holds: AnyValue | AnyShape): holds is AnyValue => typeof holds.read === 'function'

export const content = <T>(value: Value<T>): Content<T> => ({ kind: 'content', value })

export const attribute = <T>(name: string, value: Value<T>): Attribute<T> => ({
  kind: 'attribute',
  name,
  value,
  required: false,
})

export const requiredAttribute = <T>(name: string, value: Value<T>): Attribute<T> => ({
  kind: 'attribute',
  name,
  value,
  required: true,
})

export const concept = <Term extends string>(name: string, uriOf: (term: Term) => string): Concept => ({
  kind: 'concept',
  name,
  uriOf: uriOf as (term: string) => string,
})

export const one = <T>(name: string, holds: NoInfer<Holds<T>>): One<T> => ({ kind: 'one', name, holds })
export const many = <T>(name: string, holds: NoInfer<Holds<T>>): Many<T> => ({ kind: 'many', name, holds })

/** Fields of the surrounding object that lie in one child element. */
export const inside = <T>(name: string, shape: Shape<T>): { readonly [Field in keyof T]-?: Inside } => {
  const place: Inside = { kind: 'inside', name, shape: shape as AnyShape }
  return Object.fromEntries(Object.keys(shape).map((field) => [field, place])) as { [Field in keyof T]-?: Inside }
}
