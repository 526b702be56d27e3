import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './container-requests-resources.ts'

const both = { cpu: '100m', memory: '64Mi' }
const asks = (resources?: object) => ({ name: 'app', resources })

cases(rule, {
  passes: {
    'a container that asks for both': container(asks({ requests: both })),
    numbers: container(asks({ requests: { cpu: 1, memory: 67_108_864 } })),
    'limits, which are requests too': container(asks({ limits: both })),
    'pods that ask as a whole': container({}, { resources: { requests: both } }),
    'an ephemeral container': deployment({ ephemeralContainers: [{ name: 'debug' }] }),
  },
  breaks: {
    'a container that says nothing': [
      container({}),
      'web: spec.template.spec.containers[0].resources.requests.cpu is not set; write what it uses as a rule.',
      'web: spec.template.spec.containers[0].resources.requests.memory is not set; write what it uses as a rule.',
    ],
    'no CPU': [container(asks({ requests: { memory: '64Mi' } })), /requests.cpu/],
    'no memory': [container(asks({ requests: { cpu: '1' }, limits: { cpu: '1' } })), /requests.memory/],
    'an empty text': [container(asks({ requests: { cpu: '', memory: '64Mi' } })), /requests.cpu/],
    'an init container': [deployment({ initContainers: [asks({ requests: { cpu: '1' } })] }), /initContainers\[0\]/],
    'a job': [cronJob({ containers: [asks({ requests: { cpu: '1' } })] }), /^nightly/],
    'a value that nobody knows yet': [container(asks({ requests: UNKNOWN })), /^Could not be judged: web/],
  },
})
