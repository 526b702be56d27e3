import { bastion } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'
import { isAnywhere } from '../ports.ts'

export default resourceRule(
  {
    name: 'bastion-not-open',
    description: 'A bastion takes sessions from known ranges alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  bastion.Bastion,
  (props, tell) => {
    const write = 'the range of those who sign in'
    // Nobody's bastion or everybody's: neither is meant.
    if (!isSet(props, 'clientCidrBlockAllowLists')) tell({ at: 'clientCidrBlockAllowLists', is: undefined, write })
    for (const [index, range] of (props.clientCidrBlockAllowLists ?? []).entries())
      if (isAnywhere(range)) tell({ at: `clientCidrBlockAllowLists[${index}]`, is: range, write })
  },
)
