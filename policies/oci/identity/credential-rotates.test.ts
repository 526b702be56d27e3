import { identity } from '@pulumi/oci'
import { afterEach, beforeEach, vi } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './credential-rotates.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2027-04-01T00:00:00Z'), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const key = (displayName: string) => declared(identity.CustomerSecretKey, 's3', { displayName })
const named = 'write a name with a number, such as "key-1", or with a day'

cases(rule, {
  passes: {
    'a number': key('backup-1'),
    'a day 90 days ago': key('backup-2027-01-01'),
    'the day of today': key('backup-2027-04-01'),
    'a key of a domain with a number': declared(identity.DomainsCustomerSecretKey, 's3', { displayName: 'backup_12' }),
    'a token with a number': declared(identity.AuthToken, 'token', { description: 'registry 2' }),
  },
  breaks: {
    'neither a number nor a day': [key('backup'), `s3: displayName is "backup"; ${named}.`],
    'a day 91 days ago': [
      key('backup-2026-12-31'),
      's3: displayName is "backup-2026-12-31"; write another one with today\'s date beside it: a credential may be 90 days old.',
    ],
    'a digit that is part of a word': [key('backup-to-s3'), `s3: displayName is "backup-to-s3"; ${named}.`],
    'a day that there is not': [key('ci 2020-13-45'), /^s3: displayName is "ci 2020-13-45"; write another one/],
    'a day that is yet to come': [key('ci 2099-01-01'), /^s3: displayName is "ci 2099-01-01"; write another one/],
    'a key of a domain without a number': [
      declared(identity.DomainsCustomerSecretKey, 's3', { displayName: 'backup' }),
      `s3: displayName is "backup"; ${named}.`,
    ],
    ...Object.fromEntries(
      [
        identity.SmtpCredential,
        identity.DomainsAuthToken,
        identity.DomainsSmtpCredential,
        identity.DomainsUserDbCredential,
      ].map((kind) => [
        `a ${kind.name} without a number`,
        [declared(kind, 'it', { description: 'mail' }), `it: description is "mail"; ${named}.`] as const,
      ]),
    ),
    'a token without a number': [
      declared(identity.AuthToken, 'token', { description: 'registry' }),
      `token: description is "registry"; ${named}.`,
    ],
    'a database password without a number': [
      declared(identity.DbCredential, 'database', { description: 'reports', password: 'x' }),
      `database: description is "reports"; ${named}.`,
    ],
    'a name that nobody knows yet': [
      key(UNKNOWN),
      'Could not be judged: s3: displayName is not known before the deployment.',
    ],
  },
})
