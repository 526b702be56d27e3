import { isSet, resourceRule } from '../../rule/index.ts'
import { POSTGRESQL } from '../operators.ts'

export default resourceRule(
  {
    name: 'postgresql-with-tls',
    description: 'PostgreSQL shows a certificate that its clients can check.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Practice encrypted-connections'],
  },
  POSTGRESQL,
  ({ spec }, tell) => {
    // Without one, Spilo makes itself one at every start, which nobody can check.
    if (!isSet(spec.tls, 'secretName'))
      tell({ at: 'spec.tls.secretName', is: undefined, write: 'the name of a Secret with its certificate' })
  },
)
