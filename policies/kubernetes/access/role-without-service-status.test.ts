import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-service-status.ts'

const role = (resources: string[], verbs: unknown) =>
  declared(rbac.v1.ClusterRole, 'balancer', { rules: [{ apiGroups: [''], resources, verbs }] })

cases(rule, {
  passes: {
    'changing Services': role(['services'], ['update', 'patch']),
    'reading their status': role(['services/status'], ['get']),
  },
  breaks: {
    'changing their status': [
      role(['services/status'], ['patch']),
      'balancer: rules[0] holds patch on services/status; write rules without services/status.',
    ],
    'changing the status of everything': [
      role(['*/status'], ['update']),
      'balancer: rules[0] holds update on */status; write rules without services/status.',
    ],
    'verbs that nobody knows yet': [
      role(['services/status'], UNKNOWN),
      'Could not be judged: balancer: rules.0.verbs is not known before the deployment.',
    ],
  },
})
