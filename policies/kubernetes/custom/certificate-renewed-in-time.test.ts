import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { CERTIFICATE } from '../certificates.ts'
import rule from './certificate-renewed-in-time.ts'

const certificate = (renewBefore?: string, duration?: string) =>
  declared(CERTIFICATE, 'site', { spec: { renewBefore, duration } })
const told = (is: string, duration = '2160h') =>
  `site: spec.renewBefore is ${is}; write at least 168h, and less than ${duration}.`

cases(rule, {
  passes: {
    "cert-manager's own third": certificate(),
    'a month before': certificate('720h', '2160h'),
    'exactly a week before': certificate('168h'),
    'a third of three weeks': certificate(undefined, '504h'),
  },
  breaks: {
    'a day before': [certificate('24h'), told('"24h"')],
    'a minute less than a week before': [certificate('167h59m'), told('"167h59m"')],
    'a third of less than three weeks': [certificate(undefined, '503h'), told('not set', '503h')],
    'as long as it lives': [certificate('2160h', '2160h'), told('"2160h"')],
    'what is no time': [certificate('30d'), told('"30d"')],
    'a time that nobody knows yet': [
      certificate(UNKNOWN),
      'Could not be judged: site: spec.renewBefore is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { days: 1 },
  passes: { 'a day where that is enough': certificate('24h') },
  breaks: {
    'less than a day': [
      certificate('23h'),
      'site: spec.renewBefore is "23h"; write at least 24h, and less than 2160h.',
    ],
  },
})
