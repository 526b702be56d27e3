import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-heard-when-silent.ts'

const alarm = (queries: string[], name = 'alarm') =>
  declared(monitoring.Alarm, name, { query: 'jobs[5m].max() > 1', overrides: queries.map((query) => ({ query })) })
const told = 'alarm has no level for silence; write an override whose query ends with .grouping().absent(3d).'

cases(rule, {
  passes: {
    'a level for silence': alarm(['jobs[5m].max() > 2', 'jobs[15m].grouping().absent(3d)']),
    'an alarm for silence alone': declared(monitoring.Alarm, 'alarm', { query: 'jobs[15m].absent()' }),
    'a metric that is emitted only where something fails': alarm([], 'kura-alarms-messages-undelivered'),
  },
  breaks: {
    'no such level': [alarm(['jobs[5m].max() > 2']), told],
    'no levels': [alarm([]), told],
    'a query that nobody knows yet': [alarm([UNKNOWN]), /^Could not be judged: alarm: overrides.0.query/],
  },
})
