import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

const RETIRED = ['KubernetesDashboard', 'Tiller']

export default resourceRule(
  {
    name: 'cluster-without-dashboard',
    description:
      'Nothing runs in a cluster that rules it for whoever reaches it: neither the old dashboard nor Tiller.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP cluster'],
  },
  [containerengine.Cluster, containerengine.Addon],
  (props, tell) => {
    if ('addonName' in props) {
      if (RETIRED.includes(props.addonName))
        tell({ at: 'addonName', is: props.addonName, write: 'no Addon of this name' })
      return
    }
    const { isKubernetesDashboardEnabled, isTillerEnabled } = props.options?.addOns ?? {}
    for (const [name, is] of Object.entries({ isKubernetesDashboardEnabled, isTillerEnabled }))
      if (is) tell({ at: `options.addOns.${name}`, is, write: 'false' })
  },
)
