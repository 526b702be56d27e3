import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-legacy-metadata-off.ts'

const instance = (instanceOptions?: unknown) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', instanceOptions })

cases(rule, {
  passes: { 'an instance without the old service': instance({ areLegacyImdsEndpointsDisabled: true }) },
  breaks: {
    'an instance that says nothing': [
      instance(),
      'jump: instanceOptions.areLegacyImdsEndpointsDisabled is not set; write true.',
    ],
    'an instance with it': [instance({ areLegacyImdsEndpointsDisabled: false }), /Disabled is false; write true\.$/],
    'a configuration with it': [
      declared(core.InstanceConfiguration, 'pool', { instanceDetails: { launchDetails: {} } }),
      'pool: instanceDetails.launchDetails.instanceOptions.areLegacyImdsEndpointsDisabled is not set; write true.',
    ],
    'a value that nobody knows yet': [
      instance({ areLegacyImdsEndpointsDisabled: UNKNOWN }),
      'Could not be judged: jump: instanceOptions.areLegacyImdsEndpointsDisabled is not known before the deployment.',
    ],
  },
})
