import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { deployment, pod } from '../../../test/support/workloads.ts'
import rule from './pod-no-host-path.ts'

cases(rule, {
  passes: {
    'pods without volumes': deployment({}),
    'an empty list': deployment({ volumes: [] }),
    'volumes of other types': deployment({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
  },
  breaks: {
    'a folder of the machine': [
      deployment({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'logs', hostPath: { path: '/var/log' } },
        ],
      }),
      'web: spec.template.spec.volumes[1].hostPath holds files of the machine; write a persistentVolumeClaim, or an emptyDir for what may be lost.',
    ],
    'a path that nobody knows yet': [
      pod({ volumes: [{ name: 'logs', hostPath: UNKNOWN }] }),
      /^debug: spec.volumes\[0\]/,
    ],
  },
})
