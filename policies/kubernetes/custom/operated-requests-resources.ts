import { operatorRule } from '../operators.ts'

export default operatorRule(
  {
    name: 'operated-requests-resources',
    description: 'A custom resource says what its pods need, and how much memory they take at most.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score container-resources',
      'CKV_K8S_10',
      'CKV_K8S_12',
      'CKV_K8S_13',
      'C-0271',
      'Polaris cpuRequestsMissing',
      'Polaris memoryRequestsMissing',
      'Polaris memoryLimitsMissing',
    ],
  },
  (pods, tell) => {
    const { requests = {}, limits = {} } = pods.get('resources') ?? {}
    const asked = { 'requests.cpu': requests.cpu, 'requests.memory': requests.memory, 'limits.memory': limits.memory }
    for (const [what, value] of Object.entries(asked))
      if (!value)
        tell({ at: `${pods.at('resources')}.${what}`, is: value, write: 'what the pods need when they are busy' })
  },
)
