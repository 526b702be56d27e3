import { core } from '@pulumi/kubernetes'
import { resourceRule, setting } from '../../rule/index.ts'

/** By which annotations clouds keep a load balancer inside the network, and with which value. */
const INSIDE: Record<string, string> = {
  'service.beta.kubernetes.io/oci-load-balancer-internal': 'true',
  'oci-network-load-balancer.oraclecloud.com/internal': 'true',
  'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  'networking.gke.io/load-balancer-type': 'Internal',
}

export default resourceRule(
  {
    name: 'load-balancer-not-public',
    description: 'A Service has a public load balancer of its own only where that is meant.',
    severity: 'medium',
    level: 'advisory',
    serves: ['kube-score service-type'],
    settings: {
      meant: setting<string[]>([], {
        type: 'array',
        items: { type: 'string' },
        description: 'Names of the resources that are to have one.',
      }),
    },
  },
  core.v1.Service,
  ({ metadata, spec }, tell, { resource, settings }) => {
    if (spec?.type !== 'LoadBalancer' || settings.meant.includes(resource.name)) return
    const annotations = metadata?.annotations ?? {}
    const inside = Object.entries(INSIDE).some(([key, value]) => annotations[key] === value)
    const ranges = spec.loadBalancerSourceRanges ?? []
    if (!inside && (ranges.length === 0 || ranges.some((range) => range.endsWith('/0'))))
      tell({
        at: 'spec.type',
        is: spec.type,
        write: '"ClusterIP" behind a Gateway or an Ingress, or its name in the setting `meant`',
      })
  },
)
