import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-wildcards.ts'

const role = (...rules: object[]) => declared(rbac.v1.ClusterRole, 'reader', { rules })
const READ = { apiGroups: [''], resources: ['pods'], verbs: ['get'] }

cases(rule, {
  passes: {
    'a role that names everything': role(READ),
    'a role without rules': declared(rbac.v1.ClusterRole, 'sum', { aggregationRule: {} }),
    'a role made of those with a label': declared(rbac.v1.ClusterRole, 'sum', {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'sum' } }] },
    }),
    'what is below an address beside resources': role({ nonResourceURLs: ['/healthz/*'], verbs: ['get'] }),
    'the core group, which is empty text': role({ ...READ, apiGroups: [''] }),
  },
  breaks: {
    'every verb': [
      role(READ, { ...READ, verbs: ['*'] }),
      'reader: rules[1].verbs is ["*"]; write each one that is needed, by its name.',
    ],
    'every resource and every group': [
      role({ apiGroups: ['*'], resources: ['pods', '*'], verbs: ['get'] }),
      'reader: rules[0].apiGroups is ["*"]; write each one that is needed, by its name.',
      'reader: rules[0].resources is ["pods","*"]; write each one that is needed, by its name.',
    ],
    'a subresource of every resource': [
      role({ ...READ, resources: ['*/scale'] }),
      'reader: rules[0].resources is ["*/scale"]; write each one that is needed, by its name.',
    ],
    'every address beside resources': [
      role({ nonResourceURLs: ['/healthz', '/*'], verbs: ['get'] }),
      'reader: rules[0].nonResourceURLs is ["/healthz","/*"]; write each one that is needed, by its name.',
    ],
    'a role made of all others': [
      declared(rbac.v1.ClusterRole, 'sum', { aggregationRule: { clusterRoleSelectors: [{}] } }),
      'sum: aggregationRule.clusterRoleSelectors[0] holds every ClusterRole; write labels of the roles that it is made of.',
    ],
    'a Role of one namespace': [
      declared(rbac.v1.Role, 'reader', { rules: [{ ...READ, verbs: ['*'] }] }),
      'reader: rules[0].verbs is ["*"]; write each one that is needed, by its name.',
    ],
    'rules that nobody knows yet': [
      declared(rbac.v1.Role, 'reader', { rules: UNKNOWN }),
      'Could not be judged: reader: rules is not known before the deployment.',
    ],
  },
})
