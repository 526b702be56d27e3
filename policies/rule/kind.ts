import type { Unwrap } from '@pulumi/pulumi'

/** A class of a provider's SDK, such as `oci.objectstorage.Bucket`. */
type ResourceClass = new (name: string, args: never, ...rest: never[]) => object

/** A type that has no class, such as a custom resource. `Props` says what a rule reads of it. */
export interface Custom<Props> {
  readonly type: string
  readonly props?: Props
}

/** What a rule is about: a class or a custom type. */
export type Kind = ResourceClass | Custom<unknown>

/** The inputs of a kind, as a rule reads them: every value is there, or not known before the deployment. */
export type PropsOf<K extends Kind> =
  K extends Custom<infer Props>
    ? Props
    : K extends new (
          name: string,
          args: infer Args,
          ...rest: never[]
        ) => object
      ? Unwrap<NonNullable<Args>>
      : never

/** @param type `<package>:<module>:<name>`, such as `kubernetes:acid.zalan.do/v1:postgresql` */
export function custom<Props>(type: string): Custom<Props> {
  return { type }
}

/**
 * A kind's type, as resources carry it.
 *
 * @throws TypeError if it is none: the installed SDK does not have the class, so a rule about it would never speak.
 */
export function typeOf(kind: Kind | undefined): string {
  if (typeof kind === 'object') return kind.type
  const { __pulumiType: type } = (kind ?? {}) as { __pulumiType?: unknown }
  if (typeof type !== 'string') throw new TypeError('a rule is about a class that the installed SDK does not have')
  return type
}

/**
 * Types of resources that a kind stands for: its own, and for a class of Kubernetes that of the resources which change a
 * part of such an object, as `…:DeploymentPatch` does.
 */
export function typesOf(kind: Kind): [own: string, patch?: string] {
  const type = typeOf(kind)
  return typeof kind !== 'object' && type.startsWith('kubernetes:') ? [type, `${type}Patch`] : [type]
}
