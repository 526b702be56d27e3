/** Every container image, with its exact version. Those of our own come from the stack's registry. */
export interface Image {
  /** Repository: with a host for others' images, below the stack's registry for ours. */
  repository: string
  version: string
  /** `sha256:…`, written when the image is mirrored. */
  digest?: `sha256:${string}`
}

export const images = {
  application: { repository: 'application', version: '0.1.0' },
  /** Built from pgpool-II's own source: its makers publish no image of this version. */
  pgpool: { repository: 'pgpool', version: '4.6.1' },
} satisfies Record<string, Image>

/** How a container names one of our images. */
export function reference(registry: string, { repository, version, digest }: Image): string {
  return `${registry}/${repository}:${version}${digest === undefined ? '' : `@${digest}`}`
}
