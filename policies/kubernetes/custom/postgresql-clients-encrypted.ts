import { resourceRule } from '../../rule/index.ts'
import { POSTGRESQL } from '../operators.ts'

/** Addresses that are the pod's own. */
const OWN = ['127.0.0.1/32', '::1/128', 'localhost', 'samehost']

/** Methods by which somebody gets in without a secret, or sends it so that others can use it. */
const WEAK = ['trust', 'password', 'md5', 'ident']

export default resourceRule(
  {
    name: 'postgresql-clients-encrypted',
    description: 'Clients of PostgreSQL come by TLS, and show who they are by more than their word.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice encrypted-connections'],
  },
  POSTGRESQL,
  ({ spec }, tell) => {
    for (const [index, line] of (spec.patroni?.pg_hba ?? []).entries()) {
      const [type = '', , , address = '', ...rest] = line.trim().split(/\s+/)
      if (!type.startsWith('host') || OWN.includes(address)) continue
      const at = `spec.patroni.pg_hba[${index}]`
      // A mask may stand between the address and the method.
      const refused = rest.includes('reject')
      if (type !== 'hostssl' && !refused) tell({ at, is: line, write: 'hostssl instead' })
      if (rest.some((word) => WEAK.includes(word))) tell({ at, is: line, write: 'scram-sha-256 or cert instead' })
    }
  },
)
