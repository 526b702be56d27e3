import { sch } from '@pulumi/oci'
import { isUnknown, setting } from '../../rule/index.ts'
import { archives } from '../archives.ts'
import { ROOT, tenancyRule } from '../tenancy.ts'

/** Names that connectors have for the audit log: of a compartment, and of all below it. */
const ALL_BELOW = '_Audit_Include_Subcompartment'

export default tenancyRule(
  {
    name: 'audit-archived',
    description: 'Who changed what is brought to an archive, from compartments below as well.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP audit'],
    settings: {
      from: setting('tenancy', {
        type: 'string',
        enum: ['tenancy', 'compartments'],
        description:
          'Where from: the root compartment with all below it, or the compartments that the connectors name, where somebody else archives the rest.',
      }),
    },
  },
  sch.Connector,
  (stack, tell, { from }) => {
    const archived = stack
      .of(sch.Connector)
      .filter(archives)
      .flatMap(({ props: { source } }) => source.logSources ?? [])
      // What is not known yet is the OCID of another group: this one has a name.
      .filter((one) => !isUnknown(one, 'logGroupId') && one.logGroupId === ALL_BELOW)
      .some(({ compartmentId }) => from === 'compartments' || compartmentId?.startsWith(ROOT))
    if (!archived)
      tell({
        lacks: 'archive of the audit log',
        write: `an active sch.Connector from the log group "${ALL_BELOW}"${from === 'tenancy' ? ' of the root compartment' : ''} to a bucket or stream`,
      })
  },
)
