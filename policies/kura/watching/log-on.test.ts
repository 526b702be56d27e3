import { logging } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './log-on.ts'

const log = (inputs: object) => declared(logging.Log, 'flows', { ...inputs })

cases(rule, {
  passes: {
    'a log that is on': log({ isEnabled: true, retentionDuration: 30 }),
    'a log that is on by default': log({ retentionDuration: 30 }),
  },
  breaks: {
    'a log that is off': [log({ isEnabled: false, retentionDuration: 30 }), 'flows: isEnabled is false; write true.'],
    'no duration': [log({}), 'flows: retentionDuration is not set; write at least 30.'],
    'what nobody knows yet': [
      log({ isEnabled: UNKNOWN, retentionDuration: 30 }),
      /^Could not be judged: flows: isEnabled/,
    ],
  },
})

cases(rule, {
  config: { days: 60 },
  passes: { 'two months where two are asked': log({ retentionDuration: 60 }) },
  breaks: {
    'a month less': [log({ retentionDuration: 30 }), 'flows: retentionDuration is 30; write at least 60.'],
  },
})
