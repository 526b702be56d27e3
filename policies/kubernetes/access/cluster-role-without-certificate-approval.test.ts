import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-role-without-certificate-approval.ts'

const role = (resources: string[], verbs: unknown, given: object = {}) =>
  declared(rbac.v1.ClusterRole, 'signer', {
    rules: [{ apiGroups: ['certificates.k8s.io'], resources, verbs, ...given }],
  })
const told = (holds: string) =>
  `signer: rules[0] holds ${holds}; write the signers that it is for in resourceNames, and none of Kubernetes' own.`

cases(rule, {
  passes: {
    'asking for a certificate': role(['certificatesigningrequests'], ['create', 'get']),
    'one signer': role(['signers'], ['sign'], { resourceNames: ['example.org/serving'] }),
  },
  breaks: {
    approval: [
      role(['certificatesigningrequests/approval'], ['update']),
      told('update on certificatesigningrequests/approval'),
    ],
    'every signer': [role(['signers'], ['approve']), told('approve on signers')],
    "one of Kubernetes' own signers": [
      role(['signers'], ['sign'], { resourceNames: ['example.org/serving', 'kubernetes.io/kube-apiserver-client'] }),
      told('sign on signers'),
    ],
    'verbs that nobody knows yet': [
      role(['signers'], UNKNOWN),
      'Could not be judged: signer: rules.0.verbs is not known before the deployment.',
    ],
  },
})
