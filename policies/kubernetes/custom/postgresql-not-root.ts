import { resourceRule } from '../../rule/index.ts'
import { POSTGRESQL } from '../operators.ts'

export default resourceRule(
  {
    name: 'postgresql-not-root',
    description: 'PostgreSQL and what watches over it run as a user without rights from the start.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['C-0013', 'CKV_K8S_23', 'PSS runAsUser'],
  },
  POSTGRESQL,
  ({ spec: { spiloRunAsUser } }, tell) => {
    // Without a word, Spilo starts as root.
    if (!spiloRunAsUser)
      tell({ at: 'spec.spiloRunAsUser', is: spiloRunAsUser, write: "101, the image's user of PostgreSQL" })
  },
)
