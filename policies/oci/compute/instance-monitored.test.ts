import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-monitored.ts'

const instance = (agentConfig?: unknown) => declared(core.Instance, 'jump', { availabilityDomain: 'one', agentConfig })
const plugin = (name: string, desiredState: string) => instance({ pluginsConfigs: [{ name, desiredState }] })

cases(rule, {
  passes: {
    'an instance that says nothing, which OCI watches': instance(),
    'another plugin that is off': plugin('Bastion', 'DISABLED'),
    'the plugin that is on': plugin('Compute Instance Monitoring', 'ENABLED'),
  },
  breaks: {
    'monitoring that is off': [
      instance({ isMonitoringDisabled: true }),
      'jump: agentConfig.isMonitoringDisabled is true; write false.',
    ],
    'all plugins off': [
      instance({ areAllPluginsDisabled: true }),
      'jump: agentConfig.areAllPluginsDisabled is true; write false.',
    ],
    'the plugin that is off': [
      plugin('Compute Instance Monitoring', 'DISABLED'),
      'jump: agentConfig.pluginsConfigs[0].desiredState is "DISABLED"; write "ENABLED".',
    ],
    'a value that nobody knows yet': [
      instance({ isMonitoringDisabled: UNKNOWN }),
      'Could not be judged: jump: agentConfig.isMonitoringDisabled is not known before the deployment.',
    ],
  },
})
