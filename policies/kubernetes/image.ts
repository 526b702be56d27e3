import type { Container, Pods } from './pods.ts'

export interface Image {
  /** Registry and repository, such as `registry.example:5000/shop/web`. */
  name: string
  tag?: string
  digest?: string
}

/** How tags begin that by their meaning name another image tomorrow. */
const MOVING =
  /^(latest|stable|edge|nightly|rolling|current|lts|testing|canary|snapshot|main|master|trunk|dev|develop|mainline|head)([-_.]|$)/i

/** The parts of a reference, such as `registry.example:5000/shop/web:1.2@sha256:…`. */
export function imageOf(reference: string): Image {
  const [named = '', digest] = reference.split('@')
  // A colon before the last slash belongs to the registry's port.
  const colon = named.indexOf(':', named.lastIndexOf('/'))
  const [name, tag] = colon < 0 ? [named, ''] : [named.slice(0, colon), named.slice(colon + 1)]
  return { name, ...(tag && { tag }), ...(digest && { digest }) }
}

/**
 * Whether a reference may name another image tomorrow, as far as its words tell. Every version has a number; one such as
 * `22` is taken at its word, though its publisher may mend it.
 */
export function moves({ tag, digest }: Image): boolean {
  return digest === undefined && (tag === undefined || !/\d/.test(tag) || MOVING.test(tag))
}

/** Every image that pods name, with its path: those of containers of every stage, and those mounted as volumes. */
export function imagesOf({ spec, at, containers }: Pods): {
  /** Empty where a container names none. */
  image: string
  at: string
  /** When it is pulled; undefined where Kubernetes decides by the tag. */
  pull: { policy: Container['imagePullPolicy']; at: string }
}[] {
  const volumes = (spec.volumes ?? []).map(({ image }, index) => ({ image, at: `${at}.volumes[${index}].image` }))
  return [
    ...containers.map(({ container: { image = '', imagePullPolicy: policy }, at }) => ({
      image,
      at: `${at}.image`,
      pull: { policy, at: `${at}.imagePullPolicy` },
    })),
    ...volumes.flatMap(({ image, at }) => {
      const { reference = '', pullPolicy: policy } = image ?? {}
      return image ? [{ image: reference, at: `${at}.reference`, pull: { policy, at: `${at}.pullPolicy` } }] : []
    }),
  ]
}
