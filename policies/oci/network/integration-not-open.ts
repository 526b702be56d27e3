import { integration } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'
import { isAnywhere } from '../ports.ts'

export default resourceRule(
  {
    name: 'integration-not-open',
    description: 'Oracle Integration is reached from named ranges and networks alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 2.6'],
  },
  integration.IntegrationInstance,
  ({ networkEndpointDetails: endpoint }, tell) => {
    if (!isSet(endpoint, 'allowlistedHttpIps') && !isSet(endpoint, 'allowlistedHttpVcns'))
      tell({
        at: 'networkEndpointDetails.allowlistedHttpIps',
        is: undefined,
        write: 'the ranges of those who use it, or allowlistedHttpVcns',
      })
    const lists = [
      ['', endpoint],
      ['designTime.', endpoint?.designTime],
      ['runtime.', endpoint?.runtime],
    ] as const
    for (const [path, list] of lists)
      for (const range of list?.allowlistedHttpIps ?? [])
        if (isAnywhere(range))
          tell({
            at: `networkEndpointDetails.${path}allowlistedHttpIps`,
            is: range,
            write: 'the ranges of those who use it',
          })
  },
)
