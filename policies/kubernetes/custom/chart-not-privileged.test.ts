import { helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './chart-not-privileged.ts'

const release = (values?: unknown) => declared(helm.v3.Release, 'release', { chart: 'site', values })

cases(rule, {
  passes: {
    'no values': release(),
    'rights that are refused': release({ securityContext: { privileged: false }, hostNetwork: false }),
    'values that nobody knows yet, and which are none of them': release({ host: UNKNOWN, hosts: [UNKNOWN] }),
    'a name that is none of them': release({ privilegedUsers: true }),
  },
  breaks: {
    'a privileged container': [
      release({ controller: { securityContext: { privileged: true } } }),
      'release: values.controller.securityContext.privileged is true; write false.',
    ],
    "the node's network": [release({ hostNetwork: true }), 'release: values.hostNetwork is true; write false.'],
    "the node's network by a text": [
      release({ hostNetwork: 'true' }),
      'release: values.hostNetwork is "true"; write false.',
    ],
    'privileged databases': [
      release({ configKubernetes: { spilo_privileged: true } }),
      'release: values.configKubernetes.spilo_privileged is true; write false.',
    ],
    'a privileged container beside what nobody knows yet': [
      release({ host: UNKNOWN, hosts: [UNKNOWN], securityContext: { privileged: true } }),
      'release: values.securityContext.privileged is true; write false.',
    ],
    'a right that nobody knows yet': [
      release({ hostPID: UNKNOWN }),
      'Could not be judged: release: values.hostPID is not known before the deployment.',
    ],
  },
})
