import { ons } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './topic-subscribed.ts'

const [topic, other] = [declared(ons.NotificationTopic, 'topic'), declared(ons.NotificationTopic, 'other')]
const subscription = (to: typeof topic) => declared(ons.Subscription, 'mail', {}, { linked: { topicId: [to] } })
const told = 'topic has no subscription; write a Subscription (the setting kura:alarms.emails).'

cases(rule, {
  passes: { 'a topic that somebody hears': [topic, subscription(topic)] },
  breaks: {
    'a topic that nobody hears': [topic, told],
    'a subscription to another': [[topic, other, subscription(other)], told],
  },
})
