import { operatorRule } from '../operators.ts'
import { HOST } from '../spread.ts'

export default operatorRule(
  {
    name: 'operated-spread-over-hosts',
    description: 'A lost host does not take all pods of a custom resource.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score statefulset-has-host-podantiaffinity',
      'kube-score pod-topology-spread-constraints',
      'Polaris topologySpreadConstraint',
    ],
  },
  (pods, tell) => {
    if ((pods.get('replicas') ?? 1) < 2) return
    const { podAntiAffinity } = pods.get('affinity') ?? {}
    const keys = [
      ...(pods.get('topologySpreadConstraints') ?? []),
      ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => one.podAffinityTerm),
    ].map(({ topologyKey }) => topologyKey)
    if (!keys.includes(HOST))
      tell({
        lacks: 'spread of its pods over hosts',
        write: `a constraint with topologyKey "${HOST}" in ${pods.at('topologySpreadConstraints')}`,
      })
  },
)
