import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-role-without-webhooks.ts'

const role = (given: object) =>
  declared(rbac.v1.ClusterRole, 'injector', {
    rules: [
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations'],
        verbs: ['get', 'patch'],
        ...given,
      },
    ],
  })
const told = (holds: string) =>
  `injector: rules[0] holds ${holds}; write the names of its own configurations in resourceNames, and no create.`

cases(rule, {
  passes: {
    'reading of configurations': role({ verbs: ['get', 'list', 'watch'] }),
    'its own configuration': role({ resourceNames: ['injector'] }),
    'another resource of the group': role({ resources: ['validatingadmissionpolicies'] }),
  },
  breaks: {
    'changing any that alters': [role({}), told('patch on mutatingwebhookconfigurations')],
    'removing any that refuses': [
      role({ resources: ['validatingwebhookconfigurations'], verbs: ['delete'] }),
      told('delete on validatingwebhookconfigurations'),
    ],
    'verbs that nobody knows yet': [
      role({ verbs: UNKNOWN }),
      'Could not be judged: injector: rules.0.verbs is not known before the deployment.',
    ],
  },
})
