import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './volume-with-own-key.ts'

const kmsKeyId = 'ocid1.key.oc1..example'
const attaching = (...launchVolumeAttachments: object[]) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', launchVolumeAttachments })
const configuration = (...createDetails: (object | undefined)[]) =>
  declared(core.InstanceConfiguration, 'pool', {
    instanceDetails: {
      blockVolumes: createDetails.map((createDetails) => ({ createDetails })),
      options: [{ blockVolumes: createDetails.map((createDetails) => ({ createDetails })) }, {}],
    },
  })
const volume = (inputs: object) => declared(core.Volume, 'disk', { ...inputs })

cases(rule, {
  passes: {
    'a key of your own': volume({ kmsKeyId }),
    'an instance whose new volume gets a key': attaching({ launchCreateVolumeDetails: { kmsKeyId } }),
    'an instance with a volume that there is': attaching({ volumeId: UNKNOWN }),
    'an instance without volumes': declared(core.Instance, 'jump', { availabilityDomain: 'one' }),
    'a configuration whose new volumes get a key': configuration({ kmsKeyId }),
    'a configuration with volumes that there are': configuration(undefined),
    'a key that is made in the same deployment': volume({ kmsKeyId: UNKNOWN }),
  },
  breaks: {
    'no key': [volume({}), 'disk: kmsKeyId is not set; write the OCID of a key in a vault of your own.'],
    'an instance whose new volume gets no key': [
      attaching({ volumeId: UNKNOWN }, { launchCreateVolumeDetails: { sizeInGbs: '50' } }),
      /^jump: launchVolumeAttachments\[1\]\.launchCreateVolumeDetails\.kmsKeyId is not set/,
    ],
    'a configuration whose new volumes get none': [
      configuration({ sizeInGbs: '50' }),
      /^pool: instanceDetails\.blockVolumes\[0\]\.createDetails\.kmsKeyId is not set/,
      /^pool: instanceDetails\.options\[0\]\.blockVolumes\[0\]\.createDetails\.kmsKeyId is not set/,
    ],
  },
})
