import { core } from '@pulumi/kubernetes'
import { custom, stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

const HTTPRoute = custom<{
  metadata: { namespace: string }
  spec: { hostnames?: string[]; rules?: { backendRefs?: { kind?: string; namespace?: string }[] }[] }
}>('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute')

export default stackRule(
  {
    name: 'tenant-host-routed',
    description: 'Every host of an institution is routed to its own cell, and no other host is.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura tenant-route'],
  },
  [core.v1.ConfigMap, HTTPRoute],
  (stack, tell) => {
    for (const { namespace, configuration, tenants } of cellsOf(stack)) {
      const routes = within(stack, HTTPRoute, namespace)
      const hosts = tenants.flatMap((tenant) => tenant.hosts)
      const stays = ({ spec }: (typeof routes)[number]['props']) =>
        (spec.rules ?? []).length > 0 &&
        (spec.rules ?? []).every(
          // Without one, a rule sends elsewhere, or answers with an error.
          ({ backendRefs = [] }) =>
            backendRefs.length > 0 && backendRefs.every((backend) => (backend.namespace ?? namespace) === namespace),
        )
      const routed = routes.filter(({ props }) => stays(props)).flatMap(({ props }) => props.spec.hostnames ?? [])
      for (const host of hosts)
        if (!routed.includes(host))
          tell(configuration, {
            lacks: `route for ${host}`,
            write: `it among the hostnames of an HTTPRoute in ${namespace}`,
          })
      // A route that names no host takes every one.
      for (const route of routes)
        for (const host of route.props.spec.hostnames ?? ['every host'])
          if (!hosts.includes(host))
            tell(route, { at: 'spec.hostnames', holds: host, write: 'hosts of the institutions of the cell alone' })
    }
  },
)
