import { setting } from '../../rule/index.ts'
import { imageOf, imagesOf } from '../image.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'image-by-digest',
    description: 'Every image is named by its digest, unless its registry keeps what was pushed under a tag for good.',
    severity: 'medium',
    level: 'advisory',
    serves: ['CKV_K8S_43'],
    settings: {
      immutable: setting<string[]>([], {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        description: 'Beginnings of names of images whose registry lets nobody change what a tag names.',
      }),
    },
  },
  (pods, tell, { immutable }) => {
    for (const { image, at } of imagesOf(pods)) {
      const { name, tag, digest } = imageOf(image)
      const kept = tag !== undefined && immutable.some((beginning) => name.startsWith(beginning))
      if (!digest && !kept) tell({ at, is: image, write: 'the same with "@sha256:" and the digest behind it' })
    }
  },
)
