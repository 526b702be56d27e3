import { launchRule } from '../instances.ts'

const MONITORING = 'Compute Instance Monitoring'

export default launchRule(
  {
    name: 'instance-monitored',
    description: 'An instance reports its CPU, memory and disks.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CKV_OCI_6', 'OBP compute'],
  },
  ({ agentConfig }, tell, at) => {
    for (const property of ['isMonitoringDisabled', 'areAllPluginsDisabled'] as const)
      if (agentConfig?.[property]) tell({ at: at(`agentConfig.${property}`), is: true, write: 'false' })
    for (const [index, { name, desiredState }] of (agentConfig?.pluginsConfigs ?? []).entries())
      if (name === MONITORING && desiredState === 'DISABLED')
        tell({ at: at(`agentConfig.pluginsConfigs[${index}].desiredState`), is: desiredState, write: '"ENABLED"' })
  },
)
