import { kms } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './key-protected.ts'

cases(rule, {
  passes: {
    'a key that is protected': declared(kms.Key, 'volumes', { displayName: UNKNOWN }, { protect: true }),
    'a vault that is protected': declared(kms.Vault, 'vault', {}, { protect: true }),
  },
  breaks: {
    'a key that is not': [
      declared(kms.Key, 'volumes', {}, { protect: false }),
      'volumes: protect is false; write protect: true among the options of the resource.',
    ],
    'a vault that is not': [declared(kms.Vault, 'vault'), /^vault: protect is/],
    'a version that is not': [declared(kms.KeyVersion, 'second'), /^second: protect is/],
  },
})
