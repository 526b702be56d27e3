import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-enabled.ts'

const alarm = (isEnabled: unknown, more: object = {}) => declared(monitoring.Alarm, 'alarm', { isEnabled, ...more })

cases(rule, {
  passes: { 'an alarm that is on': alarm(true) },
  breaks: {
    'an alarm that is off': [alarm(false), 'alarm: isEnabled is false; write true.'],
    'an alarm that says nothing': [alarm(undefined), 'alarm: isEnabled is not set; write true.'],
    'an alarm that is silenced': [
      alarm(true, { suppression: { timeSuppressFrom: '2027-01-01T00:00:00Z' } }),
      'alarm: suppression holds a time of silence; write none: silence it by the console, which ends it.',
    ],
    'what nobody knows yet': [alarm(UNKNOWN), /^Could not be judged: alarm: isEnabled/],
  },
})
