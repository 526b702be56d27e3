import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'pod-scratch-limited',
    description: "What pods write beside their volumes has an end, so that no pod fills its machine's disk.",
    severity: 'low',
    level: 'advisory',
    serves: ['kube-score container-ephemeral-storage-request-and-limit'],
  },
  ({ spec, at, containers }, tell) => {
    const limited = containers
      .filter(({ stage }) => stage !== 'ephemeral')
      .every(({ container }) => container.resources?.limits?.['ephemeral-storage'])
    if (limited) return
    // What is kept in memory counts against the containers' limits of that.
    for (const [index, { emptyDir }] of (spec.volumes ?? []).entries())
      if (emptyDir && emptyDir.medium !== 'Memory' && !emptyDir.sizeLimit)
        tell({
          at: `${at}.volumes[${index}].emptyDir.sizeLimit`,
          is: undefined,
          write: 'the most that it may hold, or limits of ephemeral-storage for every container',
        })
  },
)
