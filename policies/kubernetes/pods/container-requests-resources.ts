import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-requests-resources',
    description: 'Every container says what CPU and memory it needs, so that its machine has them.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score container-resources',
      'Polaris cpuRequestsMissing',
      'Polaris memoryRequestsMissing',
      'CKV_K8S_10',
      'CKV_K8S_12',
    ],
  },
  ({ spec, containers }, tell) => {
    for (const { container, at, stage } of containers)
      for (const resource of ['cpu', 'memory']) {
        // Kubernetes takes a limit for a request too, and what is said of a whole pod for its containers.
        const asked = [container.resources, spec.resources].some(
          (said) => said?.requests?.[resource] || said?.limits?.[resource],
        )
        // Ephemeral containers take what their pod has.
        if (!asked && stage !== 'ephemeral')
          tell({ at: `${at}.resources.requests.${resource}`, is: undefined, write: 'what it uses as a rule' })
      }
  },
)
