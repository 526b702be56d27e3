import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-endpoint-in-group.ts'

const cluster = (endpointConfig?: unknown) => declared(containerengine.Cluster, 'oke', { endpointConfig })
const none = 'oke: endpointConfig.nsgIds is not set; write the id of a NetworkSecurityGroup.'

cases(rule, {
  passes: {
    'a group that nobody knows yet': cluster({ nsgIds: [UNKNOWN] }),
    'groups that nobody knows yet': cluster({ nsgIds: UNKNOWN }),
  },
  breaks: {
    'a cluster that says nothing': [cluster(), none],
    'an endpoint that says nothing': [cluster({}), none],
    'an empty list': [cluster({ nsgIds: [] }), none],
    'an endpoint that nobody knows yet': [
      cluster(UNKNOWN),
      'Could not be judged: oke: endpointConfig is not known before the deployment.',
    ],
  },
})
