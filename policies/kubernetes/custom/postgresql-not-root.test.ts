import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL } from '../operators.ts'
import rule from './postgresql-not-root.ts'

const database = (spiloRunAsUser?: unknown) => declared(POSTGRESQL, 'database', { spec: { spiloRunAsUser } })
const told = (is: string) => `database: spec.spiloRunAsUser is ${is}; write 101, the image's user of PostgreSQL.`

cases(rule, {
  passes: { 'a user': database(101) },
  breaks: {
    'no user': [database(), told('not set')],
    root: [database(0), told('0')],
    'a user that nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.spiloRunAsUser is not known before the deployment.',
    ],
  },
})
