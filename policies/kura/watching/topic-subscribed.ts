import { ons } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'topic-subscribed',
    description: 'Every topic has a subscription, so that what it is told reaches somebody.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura topic-subscription'],
  },
  [ons.NotificationTopic, ons.Subscription],
  (stack, tell) => {
    const heard = new Set(
      stack
        .of(ons.Subscription)
        .flatMap((subscription) => stack.linked(subscription, 'topicId', ons.NotificationTopic))
        .map(({ urn }) => urn),
    )
    for (const topic of stack.of(ons.NotificationTopic))
      if (!heard.has(topic.urn))
        tell(topic, { lacks: 'subscription', write: 'a Subscription (the setting kura:alarms.emails)' })
  },
)
