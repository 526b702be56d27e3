import type { Mutant, Mutations } from '../../mutant.ts'

/** The platform has no instance of its own: one is added that keeps every rule but what is changed of it. */
const instance = (change: Record<string, unknown>) => (stack: Mutant) =>
  stack.add('oci:Core/instance:Instance', 'kura-jump', {
    availabilityDomain: 'abcd:AP-TOKYO-1-AD-1',
    compartmentId: 'ocid1.compartment.oc1..exampleprod',
    shape: 'VM.Standard.E5.Flex',
    sourceDetails: { sourceType: 'image', kmsKeyId: 'ocid1.key.oc1.ap-tokyo-1.example' },
    createVnicDetails: { assignPublicIp: 'false' },
    instanceOptions: { areLegacyImdsEndpointsDisabled: true },
    platformConfig: { type: 'AMD_VM', isSecureBootEnabled: true },
    isPvEncryptionInTransitEnabled: true,
    ...change,
  })

export default {
  'instance-encrypted-in-transit': instance({ isPvEncryptionInTransitEnabled: false }),
  'instance-legacy-metadata-off': instance({ instanceOptions: {} }),
  'instance-monitored': instance({ agentConfig: { isMonitoringDisabled: true } }),
  'instance-secure-boot': instance({ platformConfig: { type: 'AMD_VM' } }),
  'instance-without-public-address': instance({ createVnicDetails: { assignPublicIp: 'true' } }),
} satisfies Mutations
