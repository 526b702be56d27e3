import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './boot-volume-with-own-key.ts'

const kmsKeyId = 'ocid1.key.oc1..example'
const volume = (inputs: object) => declared(core.BootVolume, 'boot', { ...inputs })
const instance = (sourceDetails?: object) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', sourceDetails })
const configuration = (sourceDetails?: object) =>
  declared(core.InstanceConfiguration, 'pool', {
    instanceDetails: { instanceType: 'compute', launchDetails: { sourceDetails } },
  })

cases(rule, {
  passes: {
    'a volume with a key': volume({ kmsKeyId }),
    'an instance whose new volume gets a key': instance({ sourceType: 'image', kmsKeyId }),
    'a key that is made in the same deployment': instance({ sourceType: 'image', kmsKeyId: UNKNOWN }),
    'an instance that starts from a volume that there is': instance({ sourceType: 'bootVolume' }),
    'an instance that another configuration makes': instance(),
    'a configuration whose new volumes get a key': configuration({ sourceType: 'image', kmsKeyId }),
    'a configuration that starts nothing': declared(core.InstanceConfiguration, 'pool', {}),
  },
  breaks: {
    'a volume without a key': [
      volume({}),
      'boot: kmsKeyId is not set; write the OCID of a key in a vault of your own.',
    ],
    'an instance whose new volume gets no key': [
      instance({ sourceType: 'image' }),
      'jump: sourceDetails.kmsKeyId is not set; write the OCID of a key in a vault of your own.',
    ],
    'the source in another case': [instance({ sourceType: 'IMAGE' }), /^jump: sourceDetails.kmsKeyId is not set/],
    'a configuration whose new volumes get no key': [
      configuration({ sourceType: 'image' }),
      'pool: instanceDetails.launchDetails.sourceDetails.kmsKeyId is not set; write the OCID of a key in a vault of your own.',
    ],
    'an option of a configuration whose new volumes get no key': [
      declared(core.InstanceConfiguration, 'pool', {
        instanceDetails: { options: [{ launchDetails: { sourceDetails: { sourceType: 'image' } } }] },
      }),
      /^pool: instanceDetails\.options\[0\]\.launchDetails\.sourceDetails\.kmsKeyId is not set/,
    ],
    'an instance from a configuration, with a source of its own': [
      declared(core.Instance, 'jump', {
        availabilityDomain: 'one',
        instanceConfigurationId: UNKNOWN,
        sourceDetails: { sourceType: 'image' },
      }),
      /^jump: sourceDetails\.kmsKeyId is not set/,
    ],
    'a source that nobody knows yet': [
      instance({ sourceType: UNKNOWN }),
      'Could not be judged: jump: sourceDetails.sourceType is not known before the deployment.',
    ],
  },
})
