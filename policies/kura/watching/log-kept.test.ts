import { logging } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './log-kept.ts'

const log = (retentionDuration?: unknown) => declared(logging.Log, 'flows', { retentionDuration })

cases(rule, {
  passes: { 'a log that keeps its lines for a month': log(30) },
  breaks: {
    'no duration': [log(), 'flows: retentionDuration is not set; write at least 30.'],
    'what nobody knows yet': [log(UNKNOWN), /^Could not be judged: flows: retentionDuration/],
  },
})

cases(rule, {
  config: { days: 60 },
  passes: { 'two months where two are asked': log(60) },
  breaks: { 'a month less': [log(30), 'flows: retentionDuration is 30; write at least 60.'] },
})
