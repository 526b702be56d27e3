import { kms } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './key-in-hardware.ts'

const key = (protectionMode?: string) => declared(kms.Key, 'volumes', { protectionMode })

cases(rule, {
  passes: {
    'a key in a module': key('HSM'),
    'a key of which nothing is said': key(),
    'a key in a module of your own': key('EXTERNAL'),
  },
  breaks: {
    'a key in software': [key('SOFTWARE'), 'volumes: protectionMode is "SOFTWARE"; write "HSM".'],
    'another case': [key('software'), 'volumes: protectionMode is "software"; write "HSM".'],
    'a mode that nobody knows yet': [
      key(UNKNOWN),
      'Could not be judged: volumes: protectionMode is not known before the deployment.',
    ],
  },
})
