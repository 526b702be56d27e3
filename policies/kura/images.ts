/** An image that a resource names. */
export interface NamedImage {
  /** Repository, with its registry. */
  repository: string
  tag: string | undefined
  digest: string | undefined
  /** Path of the property. */
  at: string
}

/** Texts of the program's own, in which nothing is an image. */
const CONTENTS = /^kubernetes:core\/v1:(ConfigMap|Secret)$/

/**
 * All images that a resource of the cluster names: containers', and those in custom resources and in charts' values,
 * which put them where they like, as a text or in parts.
 */
export function imagesOf({ type, props }: { type: string; props: Record<string, unknown> }): NamedImage[] {
  return type.startsWith('kubernetes:') && !CONTENTS.test(type) ? imagesIn(props, '') : []
}

function imagesIn(value: object, at: string): NamedImage[] {
  return Object.keys(value).flatMap((key) => {
    const path = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`
    // Reads no single value but images: others may not be known yet.
    const inner = Reflect.getOwnPropertyDescriptor(value, key)?.value
    const read = () => value[key as keyof typeof value] as unknown
    if (/(^|[a-z_])image$/i.test(key) && typeof inner === 'string') return [imageOf(String(read()), path)]
    if (inner === null || typeof inner !== 'object') return []
    return [...(key === 'image' ? inParts(read() as Parts, path) : []), ...imagesIn(read() as object, path)]
  })
}

interface Parts {
  registry?: string
  repository?: string
  tag?: string
  digest?: string
}

function inParts({ registry, repository, tag, digest }: Parts, at: string): NamedImage[] {
  if (repository === undefined) return []
  const whole = [...(registry ? [registry] : []), repository].join('/')
  return [imageOf(`${whole}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`, at)]
}

/** @param text such as `registry.example/mirror/nginx:1.29.3@sha256:…` */
export function imageOf(text: string, at: string): NamedImage {
  const [name = '', digest] = text.split('@')
  const [, repository = name, tag] = /^(.+?)(?::([^/:]+))?$/.exec(name) ?? []
  return { repository, tag, digest, at }
}
