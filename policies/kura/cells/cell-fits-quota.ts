import { core } from '@pulumi/kubernetes'
import { atOnce } from '../../../tools/plan/connections.ts'
import { type PodSpec, readWorkloads, takes } from '../../../tools/plan/model.ts'
import { mebi, milli } from '../../../tools/plan/quantity.ts'
import { podsOf, WORKLOADS } from '../../kubernetes/pods.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'cell-fits-quota',
    description: 'The pods of a cell fit its quota while all of them roll: else Kubernetes makes no new ones.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura cell-quota'],
  },
  core.v1.ResourceQuota,
  (stack, tell) => {
    const planned = new Map(
      readWorkloads(declaredBy(stack)).map((workload) => [`${workload.kind} ${workload.name}`, workload]),
    )
    for (const { namespace } of cellsOf(stack)) {
      const needs = { pods: 0, 'requests.cpu': 0, 'requests.memory': 0, 'limits.cpu': 0, 'limits.memory': 0 }
      for (const { resource, props } of within(stack, WORKLOADS, namespace)) {
        const pods = podsOf(resource)
        const { metadata } = props as { metadata?: { name?: string } }
        const workload = planned.get(`${pods?.kind} ${namespace}/${metadata?.name}`)
        if (!(pods && workload)) continue
        const count = atOnce(workload)
        const limits = takes(pods.spec as PodSpec, ({ resources }, part) => resources?.limits?.[part])
        needs.pods += count
        needs['requests.cpu'] += count * workload.cpu
        needs['requests.memory'] += count * workload.memory
        needs['limits.cpu'] += count * limits.cpu
        needs['limits.memory'] += count * limits.memory
      }
      for (const quota of within(stack, core.v1.ResourceQuota, namespace))
        for (const [key, need] of Object.entries(needs)) {
          const given = quota.props.spec?.hard?.[key]
          const [number, unit] = key === 'pods' ? [Number, ''] : key.endsWith('cpu') ? [milli, 'm'] : [mebi, 'Mi']
          if (given !== undefined && number(given) < need)
            tell(quota, { at: `spec.hard["${key}"]`, is: given, write: `"${need}${unit}"` })
        }
    }
  },
)
