import { analytics } from '@pulumi/oci'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './analytics-not-open.ts'

const instance = (networkEndpointDetails?: unknown) =>
  declared(analytics.AnalyticsInstance, 'charts', {
    networkEndpointDetails,
    idcsAccessToken: secret('a token of the identity service'),
  })
const none =
  'charts: networkEndpointDetails.whitelistedIps is not set; write the ranges of those who use it, or networkEndpointType "PRIVATE" with a subnet.'

cases(rule, {
  passes: {
    'an instance in a network': instance({ networkEndpointType: 'PRIVATE', subnetId: UNKNOWN }),
    'a range': instance({ networkEndpointType: 'PUBLIC', whitelistedIps: ['192.0.2.0/24'] }),
    'a network': instance({ networkEndpointType: 'PUBLIC', whitelistedVcns: [{ id: UNKNOWN }] }),
  },
  breaks: {
    'an instance that says nothing': [instance(), none],
    'a public endpoint without lists': [instance({ networkEndpointType: 'PUBLIC', whitelistedIps: [] }), none],
    everybody: [
      instance({ networkEndpointType: 'PUBLIC', whitelistedIps: ['192.0.2.0/24', '0.0.0.0/0'] }),
      'charts: networkEndpointDetails.whitelistedIps is "0.0.0.0/0"; write the ranges of those who use it.',
    ],
    'a type that nobody knows yet': [
      instance({ networkEndpointType: UNKNOWN }),
      'Could not be judged: charts: networkEndpointDetails.networkEndpointType is not known before the deployment.',
    ],
  },
})
