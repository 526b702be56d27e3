import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-endpoint-private.ts'

const cluster = (endpointConfig?: unknown) => declared(containerengine.Cluster, 'oke', { endpointConfig })

cases(rule, {
  passes: {
    'a private endpoint': cluster({ isPublicIpEnabled: false, subnetId: UNKNOWN }),
    'an endpoint that says nothing': cluster({ subnetId: UNKNOWN }),
  },
  breaks: {
    'a public endpoint': [
      cluster({ isPublicIpEnabled: true, subnetId: UNKNOWN }),
      'oke: endpointConfig.isPublicIpEnabled is true; write false.',
    ],
    'an endpoint outside every network': [
      cluster(),
      'oke: endpointConfig is not set; write one with the subnetId of a private subnet.',
    ],
    'a value that nobody knows yet': [
      cluster({ isPublicIpEnabled: UNKNOWN }),
      'Could not be judged: oke: endpointConfig.isPublicIpEnabled is not known before the deployment.',
    ],
  },
})
