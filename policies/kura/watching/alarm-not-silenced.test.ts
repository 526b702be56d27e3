import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-not-silenced.ts'

const alarm = (inputs: Record<string, unknown> = {}) => declared(monitoring.Alarm, 'alarm', inputs)
const silenced = 'alarm: suppression holds a time of silence; write none: silence it by the console, which ends it.'

cases(rule, {
  passes: { 'an alarm that says nothing of it': alarm(), 'what is empty': alarm({ suppression: '' }) },
  breaks: {
    'a time of silence': [alarm({ suppression: { timeSuppressFrom: '2027-01-01T00:00:00Z' } }), silenced],
    'one that nobody knows yet': [alarm({ suppression: UNKNOWN }), silenced],
  },
})
