import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-no-host-ports',
    description: 'Containers take no ports of their machine: a Service or a gateway leads to them.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS hostPorts', 'C-0044', 'Polaris hostPortSet', 'CKV_K8S_26'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers)
      for (const [index, { hostPort }] of (container.ports ?? []).entries())
        if (hostPort) tell({ at: `${at}.ports[${index}].hostPort`, is: hostPort, write: 'none, and a Service' })
  },
)
