import { core } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { linkedTo } from '../links.ts'

export default stackRule(
  {
    name: 'default-security-list-declared',
    description: 'Every network declares its default security list: the one that OCI makes opens SSH to everybody.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 2.5', 'CIS 2.1'],
  },
  core.Vcn,
  (stack, tell, { each }) =>
    each(core.Vcn, (vcn) => {
      if (linkedTo(stack, vcn, core.DefaultSecurityList, 'manageDefaultResourceId').length === 0)
        tell(vcn, {
          lacks: 'default security list of the program',
          write: 'a DefaultSecurityList with its defaultSecurityListId and without rules',
        })
    }),
)
