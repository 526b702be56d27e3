import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'service-not-node-port',
    description: 'No Service is opened at every node.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score service-type'],
  },
  core.v1.Service,
  ({ spec }, tell) => {
    if (spec?.type === 'NodePort') tell({ at: 'spec.type', is: spec.type, write: '"ClusterIP"' })
  },
)
