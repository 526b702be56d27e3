import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './mount-no-writable-sub-path.ts'

const mounts = (given: object) => ({ name: 'app', volumeMounts: [{ name: 'data', mountPath: '/data', ...given }] })
const volumes = (source: object) => ({ volumes: [{ name: 'data', ...source }] })

cases(rule, {
  passes: {
    'a container without mounts': container({}),
    'a whole volume': container(mounts({ subPath: '' }), volumes({ emptyDir: {} })),
    'one file of a ConfigMap': container(mounts({ subPath: 'app.conf' }), volumes({ configMap: { name: 'app' } })),
    'one file of a volume that the cluster puts together': container(
      mounts({ subPathExpr: '$(NAME)' }),
      volumes({ projected: { sources: [] } }),
    ),
  },
  breaks: {
    'a part of a folder that containers write to': [
      container(mounts({ subPath: 'logs' }), volumes({ emptyDir: {} })),
      'web: spec.template.spec.containers[0].volumeMounts[0].subPath is "logs"; write a volume of its own.',
    ],
    'a part by a variable': [
      container(mounts({ subPathExpr: '$(NAME)' }), volumes({ persistentVolumeClaim: { claimName: 'data' } })),
      /subPathExpr is "\$\(NAME\)"/,
    ],
    'a part of a volume that the workload makes for each pod': [container(mounts({ subPath: 'x' })), /subPath is "x"/],
    'an init container': [deployment({ initContainers: [mounts({ subPath: 'x' })] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [mounts({ subPath: 'x' })] }), /ephemeralContainers/],
    'a part that nobody knows yet': [
      container(mounts({ subPath: UNKNOWN }), volumes({ emptyDir: {} })),
      /^Could not be judged: web/,
    ],
  },
})
