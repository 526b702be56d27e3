import { monitoring, ons } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-told.ts'

const topic = declared(ons.NotificationTopic, 'topic')
const alarm = (linked = {}) => declared(monitoring.Alarm, 'alarm', { destinations: [UNKNOWN] }, { linked })
const told = 'alarm: destinations holds no topic of this stack; write the OCID of a NotificationTopic.'

cases(rule, {
  passes: { 'an alarm that tells a topic, which is not there yet': [topic, alarm({ destinations: [topic] })] },
  breaks: {
    'an alarm that tells nobody of this stack': [[topic, alarm()], told],
    'an alarm that depends on a topic for something else': [[topic, alarm({ body: [topic] })], told],
  },
})
