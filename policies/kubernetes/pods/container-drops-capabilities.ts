import { restrictedPodRule } from '../pods.ts'
import { onWindows } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-drops-capabilities',
    description: "Containers give up every part of root's power but, where they need it, that of listening below 1024.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS capabilities_restricted', 'Polaris insecureCapabilities', 'CKV_K8S_28', 'CKV_K8S_30', 'CKV_K8S_37'],
  },
  (pods, tell) => {
    if (onWindows(pods)) return
    for (const { container, at } of pods.containers) {
      const { add = [], drop = [] } = container.securityContext?.capabilities ?? {}
      const path = `${at}.securityContext.capabilities`
      if (!drop.includes('ALL')) tell({ at: `${path}.drop`, is: drop.length ? drop : undefined, write: '["ALL"]' })
      if (add.some((capability) => capability !== 'NET_BIND_SERVICE'))
        tell({ at: `${path}.add`, is: add, write: '["NET_BIND_SERVICE"] or nothing' })
    }
  },
)
