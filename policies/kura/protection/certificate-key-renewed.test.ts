import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { Certificate } from '../kinds.ts'
import rule from './certificate-key-renewed.ts'

const certificate = (renewBefore: unknown, rotationPolicy?: string) =>
  object(Certificate, 'data/redis', { renewBefore, privateKey: { rotationPolicy } })
const told = (is: string) => `redis: spec.renewBefore is ${is}; write at least "720h".`

cases(rule, {
  passes: {
    'renewed 30 days before, with a new key': certificate('720h', 'Always'),
    'as Go writes it': certificate('720h0m0s', 'Always'),
  },
  breaks: {
    'a key that stays': [
      certificate('720h', 'Never'),
      'redis: spec.privateKey.rotationPolicy is "Never"; write "Always".',
    ],
    'a key of which nothing is said': [
      object(Certificate, 'data/redis', { renewBefore: '720h' }),
      'redis: spec.privateKey.rotationPolicy is not set; write "Always".',
    ],
    'an hour too late': [certificate('719h', 'Always'), told('"719h"')],
    minutes: [certificate('43200m', 'Always'), told('"43200m"')],
    'nothing said of it': [certificate(undefined, 'Always'), told('not set')],
    'what nobody knows yet': [certificate(UNKNOWN, 'Always'), /^Could not be judged: redis: spec.renewBefore/],
  },
})
