import { helm } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { podsOf, WORKLOADS } from '../pods.ts'

const IMAGES = /(^|\/)(kubernetesui\/|kubernetes-dashboard)/
const CHART = /(^|\/)kubernetes-dashboard/
const WRITE = "a client on the operator's own machine instead"

export default resourceRule(
  {
    name: 'dashboard-not-deployed',
    description: 'The Kubernetes Dashboard, which is a way in with rights of its own, does not run.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_33'],
  },
  [...WORKLOADS, helm.v3.Release],
  (props, tell, { resource }) => {
    const { chart } = props as { chart?: string }
    if (chart && CHART.test(chart)) tell({ at: 'chart', is: chart, write: WRITE })
    for (const { container, at } of podsOf(resource)?.containers ?? [])
      if (container.image && IMAGES.test(container.image))
        tell({ at: `${at}.image`, is: container.image, write: WRITE })
  },
)
