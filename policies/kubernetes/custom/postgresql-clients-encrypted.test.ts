import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL } from '../operators.ts'
import rule from './postgresql-clients-encrypted.ts'

const database = (...pg_hba: unknown[]) => declared(POSTGRESQL, 'database', { spec: { patroni: { pg_hba } } })
const told = (line: string, write: string) => `database: spec.patroni.pg_hba[0] is "${line}"; write ${write} instead.`

cases(rule, {
  passes: {
    "no lines, so that the operator's are used": declared(POSTGRESQL, 'database', { spec: {} }),
    'the own pod, however it comes': database(
      'local all all trust',
      'host all all 127.0.0.1/32 trust',
      'host  all  all  ::1/128  scram-sha-256',
    ),
    'clients with a password by TLS': database('hostssl all all all scram-sha-256'),
    'clients with a certificate': database('hostssl replication standby all cert clientcert=verify-full'),
    'clients without TLS that are refused': database('hostnossl all all all reject'),
    'a comment': database('# hosts'),
  },
  breaks: {
    'clients without TLS': [
      database('host all all 10.0.0.0/8 scram-sha-256'),
      told('host all all 10.0.0.0/8 scram-sha-256', 'hostssl'),
    ],
    'clients that nobody asks': [
      database('hostssl all all 0.0.0.0/0 trust'),
      told('hostssl all all 0.0.0.0/0 trust', 'scram-sha-256 or cert'),
    ],
    'both at once': [
      database('hostnossl all all all md5'),
      told('hostnossl all all all md5', 'hostssl'),
      told('hostnossl all all all md5', 'scram-sha-256 or cert'),
    ],
    'a method behind a mask': [
      database('hostssl all all 10.0.0.0 255.0.0.0 trust'),
      told('hostssl all all 10.0.0.0 255.0.0.0 trust', 'scram-sha-256 or cert'),
    ],
    'a name with a space': [
      database('hostssl "my db" all all trust'),
      /^database: spec.patroni.pg_hba\[0\] is "hostssl .* all all trust"; write scram/,
    ],
    'a password for the directory, which is not told': [
      database(secret('host all all 10.0.0.0/8 ldap ldapserver=ldap.example ldapbindpasswd="hunter 2"')),
      told('host all all 10.0.0.0/8 ldap', 'hostssl'),
    ],
    'a line that nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.patroni.pg_hba.0 is not known before the deployment.',
    ],
  },
})
