import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL } from '../operators.ts'
import rule from './postgresql-users-bounded.ts'

const database = (users?: unknown) => declared(POSTGRESQL, 'database', { spec: { users } })

cases(rule, {
  passes: {
    'no users': database(),
    'a user without flags': database({ site: [] }),
    'a user that makes databases': database({ provisioner: ['createdb', 'createrole'] }),
    'flags that the operator gives': database({ site: null }),
  },
  breaks: {
    'a superuser': [
      database({ site: [], admin: ['superuser', 'createdb'] }),
      'database: spec.users.admin is ["superuser","createdb"]; write flags without superuser and bypassrls.',
    ],
    'a superuser in capitals': [
      database({ admin: ['SUPERUSER'] }),
      'database: spec.users.admin is ["SUPERUSER"]; write flags without superuser and bypassrls.',
    ],
    'a user that no row hides from': [
      database({ reader: ['bypassrls'] }),
      'database: spec.users.reader is ["bypassrls"]; write flags without superuser and bypassrls.',
    ],
    'flags that nobody knows yet': [
      database({ site: UNKNOWN }),
      'Could not be judged: database: spec.users.site is not known before the deployment.',
    ],
  },
})
