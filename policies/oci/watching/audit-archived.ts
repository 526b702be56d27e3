import { sch } from '@pulumi/oci'
import { tenancyRule } from '../tenancy.ts'

/** Names that connectors have for the audit log: of a compartment, and of all below it. */
const ALL_BELOW = '_Audit_Include_Subcompartment'

export default tenancyRule(
  {
    name: 'audit-archived',
    description: 'Who changed what is brought to an archive, from compartments below as well.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP audit'],
  },
  sch.Connector,
  (stack, tell) => {
    const archived = stack
      .of(sch.Connector)
      .some(({ props: { source } }) => source.logSources?.some(({ logGroupId }) => logGroupId === ALL_BELOW))
    if (!archived)
      tell({
        lacks: 'archive of the audit log',
        write: `a sch.Connector from the log group "${ALL_BELOW}" to a bucket or stream`,
      })
  },
)
