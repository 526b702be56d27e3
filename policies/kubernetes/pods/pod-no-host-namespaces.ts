import { podRule } from '../pods.ts'

const NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const

export default podRule(
  {
    name: 'pod-no-host-namespaces',
    description: 'Pods see neither the processes nor the network of their machine, and share no memory with it.',
    severity: 'high',
    level: 'mandatory',
    serves: [
      'PSS hostNamespaces',
      'C-0038',
      'C-0041',
      'Polaris hostNetworkSet',
      'Polaris hostPIDSet',
      'Polaris hostIPCSet',
      'CKV_K8S_17',
      'CKV_K8S_18',
      'CKV_K8S_19',
    ],
  },
  ({ spec, at }, tell) => {
    for (const key of NAMESPACES) if (spec[key]) tell({ at: `${at}.${key}`, is: true, write: 'false' })
  },
)
