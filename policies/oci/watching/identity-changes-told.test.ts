import { cloudguard, events, ons } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './identity-changes-told.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const topic = declared(ons.NotificationTopic, 'topic', {})
const mail = declared(ons.Subscription, 'mail', {}, { linked: { topicId: [topic] } })
const IDENTITIES = 'com.oraclecloud.identitycontrolplane.*'
const LOGINS = 'com.oraclecloud.identitysignon.interactivelogin'
const changes = (...kinds: string[]) =>
  kinds.flatMap((kind) =>
    ['create', 'update', 'delete'].map((verb) => `com.oraclecloud.identitycontrolplane.${verb}${kind}`),
  )
const told = (eventTypes: string[], inputs: object = {}, action: object = {}) =>
  declared(
    events.Rule,
    'told',
    {
      compartmentId: 'ocid1.tenancy.oc1..example',
      isEnabled: true,
      conditionDetails: { eventTypes },
      actions: { action: [{ actionType: 'ONS', isEnabled: true, ...action }] },
      ...inputs,
    },
    { linked: { actions: [topic] } },
  )
const stack = (rule: ReturnType<typeof told>) => [guard, topic, mail, rule]
const ALL_LACK = Array.from({ length: 6 }, () => /^stack has no notification of /)

cases(rule, {
  passes: {
    'every type by its name': stack(
      told([
        ...changes('identityprovider', 'idpgroupmapping', 'group', 'policy', 'user'),
        'com.oraclecloud.identitycontrolplane.updateusercapabilities',
        'com.oraclecloud.identitycontrolplane.updateuserstate',
        LOGINS,
      ]),
    ),
    'a pattern': stack(told([IDENTITIES, LOGINS])),
    'another case': stack(told([IDENTITIES, 'com.oraclecloud.IdentitySignOn.InteractiveLogin'])),
    'a condition as text': stack(
      told([], {
        conditionDetails: undefined,
        condition: JSON.stringify({ eventType: [IDENTITIES, LOGINS], data: {} }),
      }),
    ),
    'an action in the list of the deprecated name': stack(
      told([IDENTITIES, LOGINS], { actions: { actions: [{ actionType: 'ONS', isEnabled: true }] } }),
    ),
    'a rule beside it that looks for something else, in a compartment that nobody knows yet': [
      ...stack(told([IDENTITIES, LOGINS])),
      { ...told(['com.oraclecloud.objectstorage.*'], { compartmentId: UNKNOWN, isEnabled: UNKNOWN }), name: 'other' },
    ],
    'a topic of another stack': [guard, { ...told([IDENTITIES, LOGINS]), propertyDependencies: {} }],
    'a stack that does not own the tenancy': topic,
  },
  breaks: {
    'a type that is missing': [
      stack(
        told([
          ...changes('identityprovider', 'idpgroupmapping', 'group', 'user'),
          IDENTITIES.replace('*', '*user*'),
          LOGINS,
        ]),
      ),
      'stack has no notification of changes of policies (CIS 4.6); write an enabled events.Rule in the root compartment with com.oraclecloud.identitycontrolplane.createpolicy, com.oraclecloud.identitycontrolplane.updatepolicy, com.oraclecloud.identitycontrolplane.deletepolicy, and an action to a topic that has a subscription.',
    ],
    'no rule': [[guard, topic, mail], ...ALL_LACK],
    'a rule that is switched off': [stack(told([IDENTITIES, LOGINS], { isEnabled: false })), ...ALL_LACK],
    'an action that is switched off': [stack(told([IDENTITIES, LOGINS], {}, { isEnabled: false })), ...ALL_LACK],
    'an action that tells nobody': [stack(told([IDENTITIES, LOGINS], {}, { actionType: 'OSS' })), ...ALL_LACK],
    'a topic without a subscription': [[guard, topic, told([IDENTITIES, LOGINS])], ...ALL_LACK],
    'a rule outside the root': [
      stack(told([IDENTITIES, LOGINS], { compartmentId: 'ocid1.compartment.oc1..example' })),
      ...ALL_LACK,
    ],
    'a condition that is no JSON': [
      stack(told([], { conditionDetails: undefined, condition: '{"eventType": ' })),
      'stack: the condition of told holds text that is no object of JSON; write {"eventType": […], "data": {}}.',
      ...ALL_LACK,
    ],
    'data that are no object': [
      stack(told([], { conditionDetails: { eventTypes: [IDENTITIES, LOGINS], data: 'null' } })),
      /^stack: the condition of told holds text/,
      ...ALL_LACK,
    ],
    'a rule for it in a compartment that nobody knows yet': [
      stack(told([IDENTITIES, LOGINS], { compartmentId: UNKNOWN })),
      'Could not be judged: stack: compartmentId is not known before the deployment.',
    ],
    'a rule that tells of some only': [
      stack(told([], { conditionDetails: { eventTypes: [IDENTITIES, LOGINS], data: '{"resourceName":"operators"}' } })),
      ...ALL_LACK,
    ],
  },
})
