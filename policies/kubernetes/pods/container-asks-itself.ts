import { podRule } from '../pods.ts'

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
const HOOKS = ['postStart', 'preStop'] as const
const ACTIONS = ['httpGet', 'tcpSocket'] as const

export default podRule(
  {
    name: 'container-asks-itself',
    description:
      "Probes and hooks ask the pod itself, so that nobody makes the machine's kubelet call where they cannot.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS hostProbesAndHostLifecycle'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers) {
      const handlers = [
        ...PROBES.map((key) => ({ handler: container[key], at: `${at}.${key}` })),
        ...HOOKS.map((key) => ({ handler: container.lifecycle?.[key], at: `${at}.lifecycle.${key}` })),
      ]
      for (const { handler, at } of handlers)
        for (const action of ACTIONS) {
          const host = handler?.[action]?.host
          if (host) tell({ at: `${at}.${action}.host`, is: host, write: 'no host' })
        }
    }
  },
)
