import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-encrypted-in-transit.ts'

const instance = (inputs: Record<string, unknown> = {}) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', shape: 'VM.Standard.E5.Flex', ...inputs })

cases(rule, {
  passes: {
    'an instance that is launched so': instance({ isPvEncryptionInTransitEnabled: true }),
    'an instance that is changed so': instance({ launchOptions: { isPvEncryptionInTransitEnabled: true } }),
    'bare metal, which cannot': instance({ shape: 'BM.Standard.E5.192' }),
  },
  breaks: {
    'an instance that says nothing': [instance(), 'jump: isPvEncryptionInTransitEnabled is not set; write true.'],
    'an instance without': [instance({ isPvEncryptionInTransitEnabled: false }), /Enabled is false; write true\.$/],
    'a configuration without': [
      declared(core.InstanceConfiguration, 'pool', { instanceDetails: { launchDetails: {} } }),
      /^pool: instanceDetails\.launchDetails\.isPvEncryptionInTransitEnabled is not set/,
    ],
    'a value that nobody knows yet': [
      instance({ isPvEncryptionInTransitEnabled: UNKNOWN }),
      'Could not be judged: jump: isPvEncryptionInTransitEnabled is not known before the deployment.',
    ],
  },
})
