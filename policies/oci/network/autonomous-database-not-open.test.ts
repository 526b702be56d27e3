import { database } from '@pulumi/oci'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './autonomous-database-not-open.ts'

const facts = (inputs: Record<string, unknown> = {}) =>
  declared(database.AutonomousDatabase, 'facts', { adminPassword: secret('a password of the database'), ...inputs })

cases(rule, {
  passes: {
    'a database in a subnet that nobody knows yet': facts({ subnetId: UNKNOWN }),
    'a range': facts({ whitelistedIps: ['192.0.2.0/24'] }),
    'a network': facts({ whitelistedIps: ['ocid1.vcn.oc1.ap-tokyo-1.example;10.0.0.0/16'] }),
    'a dedicated one': facts({ isDedicated: true }),
    'a dedicated one by its container': facts({ autonomousContainerDatabaseId: UNKNOWN }),
  },
  breaks: {
    'a database that says nothing': [
      facts(),
      'facts: whitelistedIps is not set; write the ranges of those who use it, or a subnetId.',
    ],
    'an empty list': [facts({ whitelistedIps: [] }), /whitelistedIps is not set/],
    everybody: [
      facts({ whitelistedIps: ['0.0.0.0/0'] }),
      'facts: whitelistedIps is "0.0.0.0/0"; write the ranges of those who use it.',
    ],
    'everybody at the standby': [
      facts({ whitelistedIps: ['192.0.2.0/24'], standbyWhitelistedIps: ['0.0.0.0/0'] }),
      'facts: standbyWhitelistedIps is "0.0.0.0/0"; write the ranges of those who use it.',
    ],
    'a list that nobody knows yet': [
      facts({ whitelistedIps: UNKNOWN }),
      'Could not be judged: facts: whitelistedIps is not known before the deployment.',
    ],
  },
})
