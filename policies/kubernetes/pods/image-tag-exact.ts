import { imageOf, imagesOf, moves } from '../image.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'image-tag-exact',
    description: 'Every image is named by a version, be it as short as `22`, and not by a word that moves on.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Polaris tagNotSpecified', 'kube-score container-image-tag', 'CKV_K8S_14'],
  },
  (pods, tell) => {
    for (const { image, at } of imagesOf(pods))
      if (moves(imageOf(image))) tell({ at, is: image, write: 'the tag of a version, or a digest' })
  },
)
