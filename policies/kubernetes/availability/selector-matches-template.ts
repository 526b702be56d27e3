import { apps } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { selects } from '../selector.ts'

export default resourceRule(
  {
    name: 'selector-matches-template',
    description: 'A workload selects the pods that it makes.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score deployment-pod-selector-labels-match-template-metadata-labels',
      'kube-score statefulset-pod-selector-labels-match-template-metadata-labels',
    ],
  },
  [apps.v1.DaemonSet, apps.v1.Deployment, apps.v1.ReplicaSet, apps.v1.StatefulSet],
  ({ spec }, tell) => {
    const labels = spec?.template?.metadata?.labels ?? {}
    if (spec?.selector && !selects(spec.selector, labels))
      tell({ at: 'spec.selector', is: spec.selector, write: `labels of its template: ${JSON.stringify(labels)}` })
  },
)
