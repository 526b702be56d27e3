import { isIP } from 'node:net'
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
      // Names in quotes may hold spaces.
      const words: string[] = line.match(/("[^"]*"|[^\s"])+/g) ?? []
      const [type = '', , , address = '', mask = ''] = words
      if (!type.startsWith('host') || OWN.includes(address)) continue
      const at = `spec.patroni.pg_hba[${index}]`
      // A mask may stand between the address and the method. What is behind that may hold a password.
      const shown = words.slice(0, isIP(mask) ? 6 : 5)
      const method = shown.at(-1) ?? ''
      const is = shown.join(' ')
      if (type !== 'hostssl' && method !== 'reject') tell({ at, is, write: 'hostssl instead' })
      if (WEAK.includes(method)) tell({ at, is, write: 'scram-sha-256 or cert instead' })
    }
  },
)
