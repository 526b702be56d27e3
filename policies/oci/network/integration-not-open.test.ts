import { integration } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './integration-not-open.ts'

const instance = (networkEndpointDetails?: unknown) =>
  declared(integration.IntegrationInstance, 'flows', { networkEndpointDetails })
const none =
  'flows: networkEndpointDetails.allowlistedHttpIps is not set; write the ranges of those who use it, or allowlistedHttpVcns.'

cases(rule, {
  passes: {
    'a range': instance({ allowlistedHttpIps: ['192.0.2.0/24', '198.51.100.7'] }),
    'a network that nobody knows yet': instance({ allowlistedHttpVcns: [{ id: UNKNOWN }] }),
  },
  breaks: {
    'an instance that says nothing': [instance(), none],
    'an endpoint without lists': [instance({ networkEndpointType: 'PUBLIC', allowlistedHttpIps: [] }), none],
    everybody: [
      instance({ allowlistedHttpIps: ['0.0.0.0/0'] }),
      'flows: networkEndpointDetails.allowlistedHttpIps is "0.0.0.0/0"; write the ranges of those who use it.',
    ],
    'everybody at one of its parts': [
      instance({ allowlistedHttpIps: ['192.0.2.0/24'], runtime: { allowlistedHttpIps: ['::/0'] } }),
      /^flows: networkEndpointDetails\.runtime\.allowlistedHttpIps is "::\/0"/,
    ],
    'an endpoint that nobody knows yet': [
      instance(UNKNOWN),
      'Could not be judged: flows: networkEndpointDetails is not known before the deployment.',
    ],
  },
})
