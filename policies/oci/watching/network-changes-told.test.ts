import { core, events } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './network-changes-told.ts'

const network = declared(core.Vcn, 'net', {})
const SERVICES = ['virtualnetwork', 'natgateway', 'servicegateway'].map((service) => `com.oraclecloud.${service}.*`)
const told = (eventTypes: string[], isEnabled: boolean | string = true) =>
  declared(events.Rule, 'told', {
    compartmentId: UNKNOWN,
    isEnabled,
    conditionDetails: { eventTypes },
    actions: { action: [{ actionType: 'ONS', isEnabled: true, topicId: UNKNOWN }] },
  })

cases(rule, {
  passes: {
    'all of the services': [network, told(SERVICES)],
    'a stack without a network': declared(core.PublicIp, 'address', {}),
  },
  breaks: {
    'changes of networks alone': [
      [network, told(['com.oraclecloud.virtualnetwork.*vcn'])],
      /^net has no notification of changes of route tables \(CIS 4\.9\)/,
      /changes of security lists \(CIS 4\.10\)/,
      /changes of security groups \(CIS 4\.11\)/,
      /changes of gateways \(CIS 4\.12\)/,
    ],
    'all but moved route tables': [
      [
        network,
        told([
          ...SERVICES.slice(1),
          ...['create*', 'update*', 'delete*', 'change*list*', 'change*group*', 'change*gateway*'].map(
            (verb) => `com.oraclecloud.virtualnetwork.${verb}`,
          ),
        ]),
      ],
      'net has no notification of changes of route tables (CIS 4.9); write an enabled events.Rule with com.oraclecloud.virtualnetwork.changeroutetablecompartment, and an action to a topic that has a subscription.',
    ],
    'a rule that nobody knows yet to be on': [
      [network, told(SERVICES, '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7')],
      'Could not be judged: stack: isEnabled is not known before the deployment.',
    ],
  },
})
