import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-images-verified.ts'

const cluster = (imagePolicyConfig?: unknown) => declared(containerengine.Cluster, 'oke', { imagePolicyConfig })

cases(rule, {
  passes: {
    'a policy with a key that nobody knows yet': cluster({
      isPolicyEnabled: true,
      keyDetails: [{ kmsKeyId: UNKNOWN }],
    }),
  },
  breaks: {
    'a cluster that says nothing': [
      cluster(),
      'oke: imagePolicyConfig.isPolicyEnabled is not set; write true, once images are signed.',
    ],
    'a policy that is off': [cluster({ isPolicyEnabled: false }), /isPolicyEnabled is false/],
    'a policy without keys': [
      cluster({ isPolicyEnabled: true, keyDetails: [] }),
      'oke: imagePolicyConfig.keyDetails is not set; write the kmsKeyId that images are signed by.',
    ],
    'a value that nobody knows yet': [cluster({ isPolicyEnabled: UNKNOWN }), /^Could not be judged: oke/],
  },
})
