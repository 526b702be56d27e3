import { analytics } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'
import { isAnywhere } from '../ports.ts'

export default resourceRule(
  {
    name: 'analytics-not-open',
    description:
      'Oracle Analytics stands in a network of one’s own, or is reached from named ranges and networks alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 2.7'],
  },
  analytics.AnalyticsInstance,
  ({ networkEndpointDetails: endpoint }, tell) => {
    if (endpoint?.networkEndpointType.toUpperCase() === 'PRIVATE') return
    if (!isSet(endpoint, 'whitelistedIps') && !isSet(endpoint, 'whitelistedVcns'))
      tell({
        at: 'networkEndpointDetails.whitelistedIps',
        is: undefined,
        write: 'the ranges of those who use it, or networkEndpointType "PRIVATE" with a subnet',
      })
    for (const range of endpoint?.whitelistedIps ?? [])
      if (isAnywhere(range))
        tell({ at: 'networkEndpointDetails.whitelistedIps', is: range, write: 'the ranges of those who use it' })
  },
)
