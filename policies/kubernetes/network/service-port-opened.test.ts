import { apps, core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './service-port-opened.ts'

const service = (targetPort?: unknown) =>
  declared(core.v1.Service, 'site', {
    metadata: { namespace: 'web' },
    spec: { selector: { app: 'site' }, ports: [{ port: 80, targetPort }] },
  })
const pods = (...containers: object[]) =>
  declared(apps.v1.Deployment, 'pods', {
    metadata: { namespace: 'web' },
    spec: { template: { metadata: { labels: { app: 'site' } }, spec: { containers } } },
  })
const WEB = { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] }

cases(rule, {
  passes: {
    "a container's port": [service('http'), pods({ name: 'first' }, WEB)],
    'a number': [service(8080), pods({ name: 'first' })],
    'no target': [service(), pods({ name: 'first' })],
    'no pods, which is another matter': service('http'),
  },
  breaks: {
    'a name that no container gives': [
      [service('https'), pods(WEB)],
      'site: spec.ports[0].targetPort is "https"; write a number, or the name of a port of pods: http.',
    ],
    'pods that name no port': [
      [service('http'), pods({ name: 'first', ports: [{ containerPort: 8080 }] })],
      'site: spec.ports[0].targetPort is "http"; write a number, or the name of a port of pods.',
    ],
    'a target that nobody knows yet': [
      [service(UNKNOWN), pods(WEB)],
      'Could not be judged: site: spec.ports.0.targetPort is not known before the deployment.',
    ],
  },
})
