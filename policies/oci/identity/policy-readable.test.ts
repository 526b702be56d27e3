import { identity } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './policy-readable.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })

cases(rule, {
  passes: {
    'a statement': policy('Allow group Operators to read buckets in tenancy'),
    'a definition, and what uses it': policy(
      'Define tenancy Partner as ocid1.tenancy.oc1..example',
      'Admit group Storage of tenancy Partner to read objects in tenancy',
    ),
    'no statement': policy(),
  },
  breaks: {
    'a word that the language does not have, behind a statement': [
      policy('Allow group A to read buckets in tenancy', 'Allow group A to own buckets in tenancy'),
      'rights: statements[1] holds "Allow group A to own buckets in tenancy", in which "own" stands where "inspect" or "read" or "use" or "manage" or "associate" should; write "Allow <subject> to <verb> <resource type> in <location> where <conditions>".',
    ],
    'statements that nobody knows yet': [
      declared(identity.Policy, 'rights', { statements: UNKNOWN }),
      'Could not be judged: rights: statements is not known before the deployment.',
    ],
  },
})
