import { events, ons } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './event-rule-told.ts'

const topic = declared(ons.NotificationTopic, 'topic')
const on = { actionType: 'ONS', isEnabled: true, topicId: UNKNOWN }
const rules = (actions: object, linked: object = { actions: [topic] }) => [
  topic,
  declared(events.Rule, 'keys', { actions, isEnabled: true }, { linked: { ...linked } }),
]
const told =
  'keys: actions holds no action that is on and tells a topic of this stack; write one of the type "ONS" with the OCID of a NotificationTopic.'

cases(rule, {
  passes: {
    'a rule that tells a topic, which is not there yet': rules({ action: [on] }),
    'one by the former name of the list': rules({ actions: [on] }),
  },
  breaks: {
    'an action that is off': [rules({ action: [{ ...on, isEnabled: false }] }), told],
    'an action of another kind': [rules({ action: [{ ...on, actionType: 'FAAS' }] }), told],
    'no action': [rules({}), told],
    'a topic that is not declared': [rules({ action: [on] }, {}), told],
  },
})
