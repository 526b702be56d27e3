import { type Image, images, reference } from '../../infra/images.ts'

/** An image without a digest: what runs under its name is not fixed. */
export interface LooseImage {
  image: string
  /** Where the mirror takes it from; ours are built. */
  source?: string
}

/** Images whose digest the mirror step has not written yet. */
export function looseImages(): LooseImage[] {
  return Object.values<Image>(images)
    .filter((image) => !reference('', image).includes('@'))
    .map(({ repository, version, source }) => ({
      image: `${repository}:${version}`,
      ...(source === undefined ? {} : { source: `${source}:${version}` }),
    }))
}
