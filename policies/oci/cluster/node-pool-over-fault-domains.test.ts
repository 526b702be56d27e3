import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-over-fault-domains.ts'

const pool = (...placements: (string[] | string | undefined)[]) =>
  declared(containerengine.NodePool, 'web', {
    nodeConfigDetails: { placementConfigs: placements.map((faultDomains) => ({ faultDomains })) },
  })

cases(rule, {
  passes: {
    'several fault domains': pool(['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2']),
    'no fault domain by name': pool(undefined),
    'an empty list': pool([]),
    'two availability domains': pool(['FAULT-DOMAIN-1'], ['FAULT-DOMAIN-1']),
    'a pool that says nothing': declared(containerengine.NodePool, 'web'),
  },
  breaks: {
    'one fault domain': [
      pool(['FAULT-DOMAIN-1']),
      'web: nodeConfigDetails.placementConfigs[0].faultDomains is ["FAULT-DOMAIN-1"]; write several, or leave it out for all.',
    ],
    'fault domains that nobody knows yet': [
      pool(UNKNOWN),
      'Could not be judged: web: nodeConfigDetails.placementConfigs.0.faultDomains is not known before the deployment.',
    ],
  },
})
