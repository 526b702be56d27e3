import type * as pulumi from '@pulumi/pulumi'
import { allow, fromMetrics, inNamespace, tcp, toNames, toPublic } from '../cluster/traffic.ts'
import type { Data, Service } from '../data/index.ts'
import { GATEWAY } from '../edge/gateway.ts'
import { PORTS } from './configuration.ts'

interface PolicyArgs {
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Labels of the pods that serve readers. */
  web: Record<string, string>
  data: Data
}

/** What a cell's pods may reach, and who may reach them: nothing by default, then one named exception each. */
export function networkPolicies(
  named: (suffix: string) => string,
  { namespace, labels, web, data }: PolicyArgs,
  parent: pulumi.Resource,
) {
  const to = ({ pods, port }: Pick<Service, 'pods' | 'port'>) => ({
    to: [inNamespace(data.namespace, pods)],
    ports: [tcp(port)],
  })
  const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
    allow(named(suffix), suffix, { namespace, labels, ...traffic }, parent)

  policy('deny-all', {})
  policy('allow-services', {
    egress: [
      toNames,
      to({ pods: { 'app.kubernetes.io/name': 'pgpool' }, port: data.database.port }),
      ...[data.search, data.queue, data.cache].map(to),
      // Object storage and institutions' identity providers.
      toPublic,
    ],
  })
  policy('allow-gateway', {
    pods: web,
    ingress: [{ from: [inNamespace(GATEWAY.namespace)], ports: [tcp(PORTS.web)] }, fromMetrics(PORTS.internal)],
  })
}
