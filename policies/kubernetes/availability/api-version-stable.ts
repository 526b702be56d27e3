import { everyResourceRule } from '../../rule/index.ts'

/** Groups of Kubernetes itself; what is beside them comes with operators, which ripen as they please. */
const OWN =
  /^(apps|autoscaling|batch|core|extensions|policy|[a-z]+\.k8s\.io|rbac\.authorization\.k8s\.io|flowcontrol\.apiserver\.k8s\.io)$/

export default everyResourceRule(
  {
    name: 'api-version-stable',
    description: 'What is declared outlives the next version of Kubernetes: its API is stable.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score stable-version'],
  },
  ({ type }, tell) => {
    const [provider, module = ''] = type.split(':')
    const [group = '', version = ''] = module.split('/')
    if (provider === 'kubernetes' && OWN.test(group) && /alpha|beta/.test(version))
      tell({ at: 'apiVersion', is: module, write: `a stable version of ${group}, such as ${group}/v1` })
  },
)
