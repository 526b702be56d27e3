import { everyResourceRule } from '../../rule/index.ts'
import { imagesOf } from '../images.ts'
import { isExact } from '../versions.ts'

export default everyResourceRule(
  {
    name: 'image-version-exact',
    description: 'Every image has an exact version or a digest, also in custom resources and charts.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura image-pinned'],
  },
  (resource, tell) => {
    for (const { tag, digest, at } of imagesOf(resource))
      if (!digest?.startsWith('sha256:') && !isExact(tag))
        tell({ at, holds: `the version ${tag ?? '"latest", unsaid'}`, write: 'an exact one, or a digest' })
  },
)
