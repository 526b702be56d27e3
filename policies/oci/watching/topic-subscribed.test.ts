import { ons } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './topic-subscribed.ts'

const alarms = declared(ons.NotificationTopic, 'alarms', {})
const other = declared(ons.NotificationTopic, 'other', {})
const mail = (name: string, topic: typeof alarms) =>
  declared(ons.Subscription, name, { protocol: 'EMAIL' }, { linked: { topicId: [topic] } })

cases(rule, {
  passes: { 'a topic with a subscription': [alarms, mail('operators', alarms)] },
  breaks: {
    'a topic without': [
      alarms,
      'alarms has no subscription; write an ons.Subscription with its topicId and an address that is read.',
    ],
    'a subscription of another topic': [[alarms, other, mail('operators', other)], /^alarms has no subscription/],
  },
})
