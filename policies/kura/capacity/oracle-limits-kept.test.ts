import { containerengine, identity } from '@pulumi/oci'
import { nodePool } from '../../../test/support/declaration.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './oracle-limits-kept.ts'

const cluster = declared(containerengine.Cluster, 'oke', {})
const user = declared(identity.User, 'contents')
const keys = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    declared(identity.CustomerSecretKey, `key-${index}`, { userId: UNKNOWN }, { linked: { userId: [user] } }),
  )
const policy = (name: string, count: number) =>
  declared(identity.Policy, name, { statements: Array.from({ length: count }, () => 'allow') })

cases(rule, {
  passes: {
    'what is just allowed': [cluster, nodePool('web', 2, { pods: 110 }), user, ...keys(2), policy('a', 500)],
    'more of what Oracle raises': [
      cluster,
      ...Array.from({ length: 60 }, (_, index) => declared(identity.Group, `g${index}`)),
    ],
  },
  breaks: {
    'a third key of a user, whom nobody has an identifier of yet': [
      [cluster, user, ...keys(3)],
      'oke: IAM, S3 keys of one user is 3; write 2 or fewer: Oracle allows no more.',
    ],
    'more pods on a node': [[cluster, nodePool('web', 2, { pods: 111 })], /pods of a node is 111; write 110 or fewer/],
    'statements that are too many together': [[cluster, policy('a', 300), policy('b', 201)], /all policies is 501/],
    'statements that nobody knows yet': [
      [cluster, declared(identity.Policy, 'policy', { statements: UNKNOWN })],
      /^Could not be judged: /,
    ],
  },
})
