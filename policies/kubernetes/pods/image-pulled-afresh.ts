import { imageOf, imagesOf, moves } from '../image.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'image-pulled-afresh',
    description: 'What runs is what the registry has: an image whose tag moves is pulled at every start.',
    severity: 'low',
    level: 'advisory',
    serves: ['Polaris pullPolicyNotAlways', 'kube-score container-image-pull-policy', 'CKV_K8S_15'],
  },
  (pods, tell) => {
    for (const { image, pull } of imagesOf(pods)) {
      const parts = imageOf(image)
      // What Kubernetes decides where nothing is said.
      const usual = !parts.digest && [undefined, 'latest'].includes(parts.tag) ? 'Always' : 'IfNotPresent'
      if (pull.policy === 'Never') tell({ at: pull.at, is: pull.policy, write: '"IfNotPresent"' })
      else if ((pull.policy ?? usual) !== 'Always' && moves(parts))
        tell({ at: pull.at, is: pull.policy, write: '"Always", or a version as the tag' })
    }
  },
)
