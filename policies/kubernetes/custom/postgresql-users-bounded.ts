import { resourceRule } from '../../rule/index.ts'
import { POSTGRESQL } from '../operators.ts'

/** Flags by which a role is above all that databases and policies say. */
const UNBOUNDED = ['superuser', 'bypassrls']

export default resourceRule(
  {
    name: 'postgresql-users-bounded',
    description: 'No role that applications use is above what its database allows.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice bounded-users'],
  },
  POSTGRESQL,
  ({ spec }, tell) => {
    for (const [user, flags] of Object.entries(spec.users ?? {}))
      if (flags?.some((flag) => UNBOUNDED.includes(flag.toLowerCase())))
        tell({ at: `spec.users.${user}`, is: flags, write: `flags without ${UNBOUNDED.join(' and ')}` })
  },
)
