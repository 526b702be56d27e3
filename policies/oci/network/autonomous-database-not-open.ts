import { database } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'
import { isAnywhere } from '../ports.ts'

export default resourceRule(
  {
    name: 'autonomous-database-not-open',
    description: 'A shared autonomous database stands in a subnet, or is reached from named ranges and networks alone.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 2.8'],
  },
  database.AutonomousDatabase,
  (props, tell) => {
    // A dedicated one stands in the network of its Exadata.
    const { isDedicated, whitelistedIps, standbyWhitelistedIps } = props
    if (isDedicated || isSet(props, 'autonomousContainerDatabaseId') || isSet(props, 'subnetId')) return
    if (!isSet(props, 'whitelistedIps'))
      tell({ at: 'whitelistedIps', is: undefined, write: 'the ranges of those who use it, or a subnetId' })
    for (const [at, ranges] of Object.entries({ whitelistedIps, standbyWhitelistedIps }))
      for (const range of ranges ?? [])
        if (isAnywhere(range)) tell({ at, is: range, write: 'the ranges of those who use it' })
  },
)
