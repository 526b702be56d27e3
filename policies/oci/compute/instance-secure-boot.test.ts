import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-secure-boot.ts'

const instance = (platformConfig?: unknown) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', platformConfig })

cases(rule, {
  passes: { 'a shielded instance': instance({ type: 'AMD_VM', isSecureBootEnabled: true }) },
  breaks: {
    'an instance that says nothing': [
      instance(),
      'jump: platformConfig.isSecureBootEnabled is not set; write true, on a shape that has shielded instances.',
    ],
    'an instance without': [instance({ isSecureBootEnabled: false }), /isSecureBootEnabled is false/],
    'a configuration without': [
      declared(core.InstanceConfiguration, 'pool', { instanceDetails: { launchDetails: {} } }),
      /^pool: instanceDetails\.launchDetails\.platformConfig\.isSecureBootEnabled is not set/,
    ],
    'a value that nobody knows yet': [
      instance({ isSecureBootEnabled: UNKNOWN }),
      'Could not be judged: jump: platformConfig.isSecureBootEnabled is not known before the deployment.',
    ],
  },
})
