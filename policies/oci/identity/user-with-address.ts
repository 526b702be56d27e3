import { identity } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'user-with-address',
    description: 'A user has a mail address, by which whoever is behind it can be told.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CIS 1.13'],
  },
  identity.User,
  ({ email }, tell) => {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email ?? ''))
      tell({ at: 'email', is: email, write: 'an address that is read' })
  },
)
