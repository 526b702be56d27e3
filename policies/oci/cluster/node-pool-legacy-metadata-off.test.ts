import { containerengine } from '@pulumi/oci'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-legacy-metadata-off.ts'

const pool = (nodeMetadata?: unknown) => declared(containerengine.NodePool, 'web', { nodeMetadata })

cases(rule, {
  passes: {
    'a pool without the old service': pool({ areLegacyImdsEndpointsDisabled: 'true' }),
    'another script that nobody knows yet': pool({ areLegacyImdsEndpointsDisabled: 'True', user_data: UNKNOWN }),
  },
  breaks: {
    'a pool that says nothing': [pool(), 'web: nodeMetadata.areLegacyImdsEndpointsDisabled is not set; write "true".'],
    'a pool with it, whose script is secret': [
      pool({ areLegacyImdsEndpointsDisabled: 'false', user_data: secret('a password in a script') }),
      'web: nodeMetadata.areLegacyImdsEndpointsDisabled is "false"; write "true".',
    ],
    'a value that nobody knows yet': [
      pool({ areLegacyImdsEndpointsDisabled: UNKNOWN }),
      'Could not be judged: web: nodeMetadata.areLegacyImdsEndpointsDisabled is not known before the deployment.',
    ],
  },
})
