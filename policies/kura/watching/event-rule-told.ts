import { events, ons } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'event-rule-told',
    description: 'Every rule for events tells a topic of this stack.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-topic'],
  },
  events.Rule,
  (stack, tell, { each }) => {
    each(events.Rule, (rule) => {
      const { actions } = rule.props
      // The list has two names, of which the SDK calls one deprecated.
      const all = [...(actions?.action ?? []), ...(actions?.actions ?? [])]
      const on = all.some((action) => action.actionType === 'ONS' && action.isEnabled)
      if (!on || stack.linked(rule, 'actions', ons.NotificationTopic).length === 0)
        tell(rule, {
          at: 'actions',
          holds: 'no action that is on and tells a topic of this stack',
          write: 'one of the type "ONS" with the OCID of a NotificationTopic',
        })
    })
  },
)
