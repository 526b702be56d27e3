import { events, logging, monitoring, sch } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './watch-enabled.ts'

cases(rule, {
  passes: {
    'an alarm that is on': declared(monitoring.Alarm, 'down', { isEnabled: true }),
    'a log of which nothing is said': declared(logging.Log, 'flows', {}),
    'a connector that is on': declared(sch.Connector, 'archive', { state: 'active' }),
    'a connector of which nothing is said': declared(sch.Connector, 'archive'),
  },
  breaks: {
    'an alarm that is off': [
      declared(monitoring.Alarm, 'down', { isEnabled: false }),
      'down: isEnabled is false; write true.',
    ],
    'a log that is off': [
      declared(logging.Log, 'flows', { isEnabled: false }),
      'flows: isEnabled is false; write true.',
    ],
    'a rule of events that is off': [declared(events.Rule, 'told', { isEnabled: false }), /^told: isEnabled is false/],
    'a connector that is off': [
      declared(sch.Connector, 'archive', { state: 'INACTIVE' }),
      'archive: state is "INACTIVE"; write "ACTIVE".',
    ],
    'a value that nobody knows yet': [
      declared(monitoring.Alarm, 'down', { isEnabled: '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7' }),
      'Could not be judged: down: isEnabled is not known before the deployment.',
    ],
  },
})
