import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL } from '../operators.ts'
import rule from './postgresql-with-tls.ts'

const database = (tls?: unknown) => declared(POSTGRESQL, 'database', { spec: { tls } })
const told = 'database: spec.tls.secretName is not set; write the name of a Secret with its certificate.'

cases(rule, {
  passes: {
    'a certificate': database({ secretName: 'database-tls' }),
    'a certificate whose name nobody knows yet': database({ secretName: UNKNOWN }),
  },
  breaks: {
    'no certificate': [database(), told],
    'an authority alone': [database({ caFile: 'ca.crt' }), told],
    'an empty name': [database({ secretName: '' }), told],
    'what nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.tls is not known before the deployment.',
    ],
  },
})
