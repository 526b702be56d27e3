import { apps } from '@pulumi/kubernetes'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'volumes-of-workload-protected',
    description: 'No deployment deletes a workload that has volumes of its own.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura protected'],
    settings: {
      scratch: setting(['kura-metrics-agent-stateful-set'], {
        type: 'array',
        items: { type: 'string' },
        description: "Workloads whose volumes hold what is made again: Oracle's agent registers anew.",
      }),
    },
  },
  apps.v1.StatefulSet,
  ({ spec }, tell, { resource, settings }) => {
    const claims = spec?.volumeClaimTemplates ?? []
    if (claims.length > 0 && !resource.opts.protect && !settings.scratch.includes(resource.name))
      tell({ at: 'options.protect', is: resource.opts.protect, write: 'true' })
  },
)
