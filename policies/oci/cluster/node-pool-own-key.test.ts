import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-own-key.ts'

const pool = (nodeConfigDetails?: unknown) => declared(containerengine.NodePool, 'web', { nodeConfigDetails })
const none = 'web: nodeConfigDetails.kmsKeyId is not set; write the id of a Key.'

cases(rule, {
  passes: { 'a key that nobody knows yet': pool({ kmsKeyId: UNKNOWN }) },
  breaks: {
    'a pool that says nothing': [pool(), none],
    'an empty text': [pool({ kmsKeyId: '' }), none],
    'details that nobody knows yet': [pool(UNKNOWN), /^Could not be judged: web: nodeConfigDetails is not known/],
  },
})
