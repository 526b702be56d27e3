import { cloudguard, events } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './problems-told.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const told = (...eventTypes: string[]) =>
  declared(events.Rule, 'told', {
    compartmentId: 'ocid1.tenancy.oc1..example',
    isEnabled: true,
    conditionDetails: { eventTypes },
    actions: { action: [{ actionType: 'ONS', isEnabled: true, topicId: 'ocid1.onstopic.oc1..example' }] },
  })

cases(rule, {
  passes: { 'all that becomes of a problem': [guard, told('com.oraclecloud.cloudguard.problem*')] },
  breaks: {
    'what is found alone': [
      [guard, told('com.oraclecloud.cloudguard.problemdetected')],
      'stack has no notification of problems that Cloud Guard finds (CIS 4.15); write an enabled events.Rule in the root compartment with com.oraclecloud.cloudguard.problemdismissed, com.oraclecloud.cloudguard.problemremediated, and an action to a topic that has a subscription.',
    ],
    nothing: [guard, /problemdetected, .*problemdismissed, .*problemremediated/],
  },
})
