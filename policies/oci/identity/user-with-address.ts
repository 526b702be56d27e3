import type { identity } from '@pulumi/oci'
import { type PropsOf, resourceRule } from '../../rule/index.ts'
import { USERS } from '../users.ts'

export default resourceRule(
  {
    name: 'user-with-address',
    description: 'A user has a mail address, by which whoever is behind it can be told.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CIS 1.13'],
  },
  USERS,
  (props, tell, { resource }) => {
    // A domain has several, each of a type.
    const [at, is] = resource.type.endsWith(':User')
      ? (['email', (props as PropsOf<typeof identity.User>).email] as const)
      : (['emails[0].value', (props as PropsOf<typeof identity.DomainsUser>).emails?.[0]?.value] as const)
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(is ?? '')) tell({ at, is, write: 'an address that is read' })
  },
)
