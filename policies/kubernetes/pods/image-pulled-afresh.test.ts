import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './image-pulled-afresh.ts'

const pulled = (image: string, imagePullPolicy?: string) => container({ image, imagePullPolicy })

cases(rule, {
  passes: {
    'a version, however it is pulled': [pulled('web:1'), pulled('web:1', 'IfNotPresent'), pulled('web:1', 'Always')],
    'a digest': pulled(`web:main@sha256:${'0'.repeat(64)}`, 'IfNotPresent'),
    'a tag that moves and is always pulled': pulled('web:main', 'Always'),
    'the latest, which Kubernetes always pulls by itself': [pulled('web'), pulled('web:latest')],
  },
  breaks: {
    'whatever lies on the machine': [
      pulled('web:1', 'Never'),
      'web: spec.template.spec.containers[0].imagePullPolicy is "Never"; write "IfNotPresent".',
    ],
    'a tag that moves and is pulled once': [
      pulled('web:latest', 'IfNotPresent'),
      'web: spec.template.spec.containers[0].imagePullPolicy is "IfNotPresent"; write "Always", or a version as the tag.',
    ],
    'a branch, which Kubernetes pulls once by itself': [pulled('web:main'), /imagePullPolicy is not set/],
    'a variant without a version': [pulled('nginx:alpine'), /imagePullPolicy is not set/],
    'an init container': [
      deployment({ initContainers: [{ image: 'a:1', imagePullPolicy: 'Never' }] }),
      /initContainers/,
    ],
    'an ephemeral container': [
      deployment({ ephemeralContainers: [{ image: 'a:1', imagePullPolicy: 'Never' }] }),
      /ephemeralContainers\[0\]/,
    ],
    'a volume of an image': [
      deployment({ volumes: [{ name: 'x', image: { reference: 'a:1', pullPolicy: 'Never' } }] }),
      /volumes\[0\].image.pullPolicy/,
    ],
    'a policy that nobody knows yet': [pulled('web:1', UNKNOWN), /^Could not be judged: web/],
  },
})
