import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './secret-mounted-as-file.ts'

const reads = (valueFrom: object) => ({ name: 'app', env: [{ name: 'PASSWORD', valueFrom }] })
const secretKeyRef = { name: 'db', key: 'password' }

cases(rule, {
  passes: {
    'a container without variables': container({}),
    'a value': container({ env: [{ name: 'LANG', value: UNKNOWN }] }),
    'a field of the pod': container(reads({ fieldRef: { fieldPath: 'metadata.name' } })),
    'a ConfigMap': container({
      ...reads({ configMapKeyRef: { name: 'a', key: 'b' } }),
      envFrom: [{ configMapRef: {} }],
    }),
    'a volume': container({}, { volumes: [{ name: 'db', secret: { secretName: 'db' } }] }),
  },
  breaks: {
    'a field of a Secret': [
      container(reads({ secretKeyRef })),
      'web: spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef holds a secret; write a volume of that Secret, and read its file.',
    ],
    'a whole Secret': [
      container({ envFrom: [{ configMapRef: {} }, { secretRef: { name: 'db' } }] }),
      'web: spec.template.spec.containers[0].envFrom[1].secretRef holds secrets; write a volume of that Secret, and read its file.',
    ],
    'an init container': [deployment({ initContainers: [reads({ secretKeyRef })] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [reads({ secretKeyRef })] }), /ephemeralContainers/],
    'a Secret that nobody knows yet': [container(reads({ secretKeyRef: UNKNOWN })), /holds a secret/],
  },
})
