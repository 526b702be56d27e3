import { valuesRule } from '../chart-values.ts'

export default valuesRule(
  {
    name: 'chart-requests-resources',
    description: 'A chart is told what its pods need.',
    severity: 'low',
    level: 'advisory',
    serves: ['kube-score container-resources', 'CKV_K8S_12', 'CKV_K8S_13', 'C-0271'],
  },
  (maps, tell) => {
    const resources = maps.filter(({ at }) => at.endsWith('.resources'))
    if (resources.length === 0)
      tell({ at: 'values', holds: 'no resources', write: 'requests and a limit of memory where the chart takes them' })
    for (const { at, map } of resources)
      for (const list of ['requests', 'limits'])
        if (!(map[list] as Record<string, unknown> | undefined)?.memory)
          tell({ at: `${at}.${list}.memory`, is: undefined, write: 'what the pods need when they are busy' })
  },
)
