import type * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { allow, fromMetrics, inNamespace, tcp, toApi, toNames, toPublic } from '../cluster/traffic.ts'
import * as elasticsearch from './elasticsearch/configuration.ts'
import { EXPORTER as ELASTICSEARCH_EXPORTER } from './elasticsearch/index.ts'
import { REGISTRAR } from './elasticsearch/repositories.ts'
import type { Service } from './index.ts'
import * as pgpool from './pgpool/index.ts'
import * as postgresql from './postgresql/index.ts'
import { GRANTS } from './postgresql/roles.ts'
import * as rabbitmq from './rabbitmq/index.ts'

type Pods = Record<string, string>
type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer

interface PolicyArgs {
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Addresses of the VCN, one of which is the Kubernetes API's. */
  addresses: string
  /** Labels of the pods of PostgreSQL. */
  instances: Pods
  search: Service
  queue: Service
  cache: Service
}

/** Every cell has a namespace that says so. */
const CELLS: Peer = { namespaceSelector: { matchExpressions: [{ key: 'kura/cell', operator: 'Exists' }] } }
const OPERATORS = inNamespace('kura-operators')
const IDENTITY = inNamespace('kura-identity')
const BACKUPS = inNamespace('kura-backups')

/** Who may reach what keeps data, and what that may reach: nothing by default, then one named exception each. */
export function networkPolicies(named: (suffix: string) => string, args: PolicyArgs, parent: pulumi.Resource) {
  const { namespace, labels, addresses, instances, search, queue, cache } = args
  const here = (pods: Pods) => ({ podSelector: { matchLabels: pods } })
  const from = (peers: Peer[], ...ports: number[]) => ({ from: peers, ports: ports.map(tcp) })
  const to = (pods: Pods, ...ports: number[]) => ({ to: [here(pods)], ports: ports.map(tcp) })
  const policy = (suffix: string, pods: Pods, traffic: Pick<Parameters<typeof allow>[2], 'ingress' | 'egress'>) =>
    allow(named(suffix), suffix, { namespace, labels, pods, ...traffic }, parent)
  const toPostgresql = to(instances, postgresql.PORT)
  const toSearch = to(search.pods, search.port)

  allow(named('deny-all'), 'deny-all', { namespace, labels }, parent)
  policy('allow-pgpool', pgpool.PODS, {
    ingress: [from([CELLS], pgpool.PORT)],
    egress: [toNames, toPostgresql],
  })
  policy('allow-postgresql', instances, {
    ingress: [
      from([pgpool.PODS, postgresql.EXPORTER.pods, GRANTS].map(here), postgresql.PORT),
      from([IDENTITY, BACKUPS], postgresql.PORT),
      from([here(instances), OPERATORS], postgresql.PORT, postgresql.PATRONI),
      fromMetrics(postgresql.PATRONI),
    ],
    egress: [
      toNames,
      to(instances, postgresql.PORT, postgresql.PATRONI),
      // Patroni keeps who is primary there.
      toApi({ addresses }),
      // WAL and base backups.
      toPublic,
    ],
  })
  policy('allow-postgresql-grants', GRANTS, { egress: [toNames, toPostgresql] })
  policy('allow-postgresql-exporter', postgresql.EXPORTER.pods, {
    ingress: [fromMetrics(postgresql.EXPORTER.port)],
    egress: [toNames, toPostgresql],
  })
  policy('allow-elasticsearch', search.pods, {
    ingress: [
      from([CELLS, BACKUPS, here(ELASTICSEARCH_EXPORTER.pods), here(REGISTRAR)], search.port),
      from([here(search.pods)], elasticsearch.PORTS.transport),
    ],
    egress: [
      toNames,
      to(search.pods, elasticsearch.PORTS.transport),
      // The fault domain of the machine.
      toApi({ addresses }),
      // Snapshots.
      toPublic,
    ],
  })
  policy('allow-elasticsearch-repositories', REGISTRAR, { egress: [toNames, toSearch] })
  policy('allow-elasticsearch-exporter', ELASTICSEARCH_EXPORTER.pods, {
    ingress: [fromMetrics(ELASTICSEARCH_EXPORTER.port)],
    egress: [toNames, toSearch],
  })
  const { epmd, distribution, management, metrics } = rabbitmq.PORTS
  policy('allow-rabbitmq', queue.pods, {
    ingress: [
      from([CELLS], queue.port),
      from([here(queue.pods)], epmd, distribution),
      // It looks for features that the next version no longer has.
      from([OPERATORS], management),
      fromMetrics(metrics),
    ],
    // Nodes find each other by Kubernetes' API.
    egress: [toNames, to(queue.pods, epmd, distribution), toApi({ addresses })],
  })
  policy('allow-redis', cache.pods, { ingress: [from([CELLS], cache.port)] })
}
