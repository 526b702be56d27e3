import { ons } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { isSubscribed } from '../events.ts'

export default stackRule(
  {
    name: 'topic-subscribed',
    description: 'Somebody has subscribed to every topic.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.2'],
  },
  ons.NotificationTopic,
  (stack, tell, { each }) =>
    each(ons.NotificationTopic, (topic) => {
      if (!isSubscribed(stack, topic))
        tell(topic, {
          lacks: 'subscription',
          write: 'an ons.Subscription with its topicId and an address that is read',
        })
    }),
)
