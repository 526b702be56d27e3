import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-encrypted-in-transit.ts'

const pool = (nodeConfigDetails?: unknown, nodeShape = 'VM.Standard.E5.Flex') =>
  declared(containerengine.NodePool, 'web', { nodeShape, nodeConfigDetails })

cases(rule, {
  passes: {
    'a pool with encryption': pool({ isPvEncryptionInTransitEnabled: true }),
    'bare metal, which cannot': pool({}, 'BM.Standard.E5.192'),
  },
  breaks: {
    'a pool that says nothing': [
      pool(),
      'web: nodeConfigDetails.isPvEncryptionInTransitEnabled is not set; write true.',
    ],
    'a pool without': [pool({ isPvEncryptionInTransitEnabled: false }), /Enabled is false; write true\.$/],
    'a value that nobody knows yet': [
      pool({ isPvEncryptionInTransitEnabled: UNKNOWN }),
      'Could not be judged: web: nodeConfigDetails.isPvEncryptionInTransitEnabled is not known before the deployment.',
    ],
  },
})
