import { valuesRule } from '../chart-values.ts'

/** By which names charts give rights on the node; the last is that of Zalando's operator, for all its databases. */
const RIGHTS = ['privileged', 'hostNetwork', 'hostPID', 'hostIPC', 'spilo_privileged']

export default valuesRule(
  {
    name: 'chart-not-privileged',
    description: 'What a chart is given lets its pods do nothing on the node.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['PSS privileged', 'PSS hostNamespaces', 'C-0057', 'C-0041', 'C-0038', 'CKV_K8S_16'],
  },
  (maps, tell) => {
    for (const { at, map } of maps)
      for (const right of RIGHTS)
        if (map[right] === true || map[right] === 'true') tell({ at: `${at}.${right}`, is: map[right], write: 'false' })
  },
)
