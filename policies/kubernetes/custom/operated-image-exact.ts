import { imageOf, moves } from '../image.ts'
import { operatorRule } from '../operators.ts'

const WRITE = 'an image with the tag of a version, or a digest'

export default operatorRule(
  {
    name: 'operated-image-exact',
    description: 'A custom resource names the images of its pods by versions, so that a new operator changes none.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_K8S_14', 'Polaris tagNotSpecified', 'kube-score container-image-tag'],
  },
  (pods, tell) => {
    const image = pods.get('image')
    if (!image || moves(imageOf(image))) tell({ at: pods.at('image') ?? '', is: image, write: WRITE })
    for (const { container, at } of pods.containers)
      if (container.image && moves(imageOf(container.image)))
        tell({ at: `${at}.image`, is: container.image, write: WRITE })
  },
)
