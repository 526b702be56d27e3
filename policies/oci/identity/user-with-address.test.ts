import { identity } from '@pulumi/oci'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './user-with-address.ts'

const domainUser = (...addresses: string[]) =>
  declared(identity.DomainsUser, 'guest', { emails: addresses.map((value) => ({ value, type: 'work' })) })
const user = (email?: unknown) => declared(identity.User, 'backup', { email })

cases(rule, {
  passes: {
    'an address': user('backup@library.example'),
    'a secret one': user(secret('backup@library.example')),
    'one in a domain': domainUser('guest@library.example'),
  },
  breaks: {
    none: [user(), 'backup: email is not set; write an address that is read.'],
    'an empty one': [user(''), 'backup: email is not set; write an address that is read.'],
    'a name without a host': [user('backup'), 'backup: email is "backup"; write an address that is read.'],
    'a host without a zone': [user('backup@localhost'), /email is "backup@localhost"/],
    'none in a domain': [domainUser(), 'guest: emails[0].value is not set; write an address that is read.'],
    'a name in a domain': [domainUser('guest'), /^guest: emails\[0\]\.value is "guest"/],
    'one that nobody knows yet': [
      user(UNKNOWN),
      'Could not be judged: backup: email is not known before the deployment.',
    ],
  },
})
