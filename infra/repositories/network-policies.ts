import type * as pulumi from '@pulumi/pulumi'
import { allow, fromMetrics, inNamespace, tcp, toNames, toPublic } from '../cluster/traffic.ts'
import type { Data, Service } from '../data/index.ts'
import { GATEWAY } from '../edge/gateway.ts'
import type { Identity } from '../identity/index.ts'
import { PORTS } from './configuration.ts'

interface PolicyArgs {
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Labels of the pods that serve readers. */
  web: Record<string, string>
  data: Data
  scanner: Identity['scanner']
}

/** What a cell's pods may reach, and who may reach them: nothing by default, then one named exception each. */
export function networkPolicies(
  named: (suffix: string) => string,
  { namespace, labels, web, data, scanner }: PolicyArgs,
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
    ingress: [fromMetrics(PORTS.internal)],
    egress: [
      toNames,
      to({ pods: { 'app.kubernetes.io/name': 'pgpool' }, port: data.database.port }),
      ...[data.search, data.queue, data.cache].map(to),
      { to: [inNamespace(scanner.namespace)], ports: [tcp(scanner.port)] },
      // Object storage and institutions' identity providers.
      toPublic,
    ],
  })
  policy('allow-gateway', {
    pods: web,
    ingress: [{ from: [inNamespace(GATEWAY.namespace)], ports: [tcp(PORTS.web)] }],
  })
}
