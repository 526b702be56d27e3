import {
  API,
  BALANCERS,
  BASTION,
  DATA_NODES,
  DELIVERY,
  endsNamed,
  FILES,
  METADATA,
  NII,
  NODES,
  ORACLE,
  OUTSIDE,
  PRIVATE,
} from './ends.ts'
import type { End, Policies, PortName } from './traffic.ts'

/** Any port, of any protocol. */
const ANY = 'any port'
type Ports = (PortName | typeof ANY)[]

const PUBLIC = [OUTSIDE, ORACLE, NII]
const NAMES: PortName[] = [53, '53/UDP']
const INSIDE_VCN = [API, BALANCERS, NODES, DATA_NODES, FILES, BASTION, DELIVERY]
/** Pods in namespaces that are not ours, which no policy concerns. */
const OTHERS = ['kube-system/*', 'cert-manager/*', 'native-ingress-controller-system/*', 'default/*']
const EVERYWHERE = [...PUBLIC, ...INSIDE_VCN, METADATA, PRIVATE, ...OTHERS]

/**
 * Who may open a connection to whom, at which ports: all that is meant to pass, written down by hand, and nothing
 * else. Ends are workloads as `<namespace>/<workload>`, of which `*` stands for any, or what lies outside the cluster.
 * Between two ends in namespaces that are not ours no policy says anything.
 */
export const ALLOWED: [from: string | string[], to: string | string[], ...ports: Ports][] = [
  // Readers, and people who log in. Resolvers of handles come by way of a node.
  [BALANCERS, 'kura-edge/envoy', 10_080, 10_081],
  ['kura-edge/envoy', 'kura-cell-*/web', 8080],
  ['kura-edge/envoy', 'kura-identity/proxy', 8080],
  [BALANCERS, 'kura-identity/keycloak', 8080],
  [NODES, 'kura-identity/handle', 2641, '2641/UDP'],
  // What cells use: no other cell, no Kubernetes. Outside, object storage and institutions' identity providers.
  ['kura-cell-*/*', 'kura-data/kura-data-pgpool', 5432],
  ['kura-cell-*/*', 'kura-data/kura-data-elasticsearch-nodes', 9200],
  ['kura-cell-*/*', 'kura-data/kura-data-rabbitmq', 5671],
  ['kura-cell-*/*', 'kura-data/kura-data-redis', 6379],
  ['kura-cell-*/*', 'kura-identity/scanner', 3310],
  ['kura-cell-*/*', PUBLIC, 443],
  // What keeps data: its parts among themselves, and where they keep their backups.
  ['kura-data/kura-data-pgpool', 'kura-data/kura-data-postgresql', 5432],
  ['kura-data/kura-data-postgresql', 'kura-data/kura-data-postgresql', 5432, 8008],
  ['kura-data/kura-data-postgresql', PUBLIC, 443],
  ['kura-data/kura-data-postgresql-grants', 'kura-data/kura-data-postgresql', 5432],
  ['kura-data/kura-data-postgresql-exporter', 'kura-data/kura-data-postgresql', 5432],
  ['kura-data/kura-data-elasticsearch-nodes', 'kura-data/kura-data-elasticsearch-nodes', 9300],
  ['kura-data/kura-data-elasticsearch-nodes', PUBLIC, 443],
  ['kura-data/kura-data-elasticsearch-repositories', 'kura-data/kura-data-elasticsearch-nodes', 9200],
  ['kura-data/kura-data-elasticsearch-exporter', 'kura-data/kura-data-elasticsearch-nodes', 9200],
  ['kura-data/kura-data-rabbitmq', 'kura-data/kura-data-rabbitmq', 4369, 25_672],
  // Operators look after it.
  ['kura-operators/*', 'kura-data/kura-data-postgresql', 5432, 8008],
  ['kura-operators/*', 'kura-data/kura-data-rabbitmq', 15_671],
  // Identity
  ['kura-identity/keycloak', 'kura-identity/keycloak', 7800, 57_800],
  [['kura-identity/keycloak', 'kura-identity/handle'], 'kura-data/kura-data-postgresql', 5432],
  ['kura-identity/realm', 'kura-identity/keycloak', 8080],
  ['kura-identity/proxy', PUBLIC, 443],
  ['kura-identity/scanner', 'kura-identity/signatures', 8080],
  ['kura-identity/signatures', PUBLIC, 443],
  // Backups: every job of them may read all that is backed up.
  ['kura-backups/*', 'kura-data/kura-data-postgresql', 5432],
  ['kura-backups/*', 'kura-data/kura-data-elasticsearch-nodes', 9200],
  ['kura-backups/*', PUBLIC, 443],
  // Certificates: whoever asks the solver shows the API server's own certificate, and its address is not ours to say.
  [[...EVERYWHERE, 'kura-operations/prometheus'], 'kura-edge/dns-solver', 6443],
  [['kura-edge/dns-solver', 'kura-edge/certificates'], PUBLIC, 443],
  ['kura-edge/envoy', 'kura-operators/envoy-gateway', 18_000],
  ['kura-nightly/*', PUBLIC, 443],
  // Watching: the collector may ask every pod that lets it in, and kubelets.
  ['kura-operations/prometheus', 'kura-cell-*/*', 9090],
  ['kura-operations/prometheus', 'kura-data/kura-data-postgresql', 8008],
  ['kura-operations/prometheus', 'kura-data/kura-data-postgresql-exporter', 9187],
  ['kura-operations/prometheus', 'kura-data/kura-data-elasticsearch-exporter', 9114],
  ['kura-operations/prometheus', 'kura-data/kura-data-rabbitmq', 15_692],
  ['kura-operations/prometheus', 'kura-identity/keycloak', 9000],
  ['kura-operations/prometheus', 'kura-edge/envoy', 19_001],
  ['kura-operations/prometheus', 'kura-operators/*', 8080],
  ['kura-operations/prometheus', 'kura-operators/envoy-gateway', 19_001],
  ['kura-operations/prometheus', 'kura-operations/kube-state-metrics', 8080],
  ['kura-operations/prometheus', 'kura-operations/blackbox-exporter', 9115],
  ['kura-operations/prometheus', 'kura-nodes/node-exporter', 9100],
  ['kura-operations/prometheus', INSIDE_VCN, 10_250],
  ['kura-operations/prometheus', OTHERS, ANY],
  ['kura-operations/blackbox-exporter', PUBLIC, 443],
  ['kura-operations/management-agent', 'kura-operations/prometheus', 9090],
  ['kura-operations/management-agent', PUBLIC, 443],
  // Who speaks to Kubernetes, or exchanges its token for one of Oracle's: no cell, no backup, no identity.
  [
    [
      'kura-operators/*',
      'kura-data/kura-data-postgresql',
      'kura-data/kura-data-elasticsearch-nodes',
      'kura-data/kura-data-rabbitmq',
      'kura-edge/dns-solver',
      'kura-edge/certificates',
      'kura-operations/prometheus',
      'kura-operations/kube-state-metrics',
      'kura-nightly/*',
    ],
    API,
    6443,
    12_250,
  ],
  // Who asks for names: no cache, no node exporter, nobody who makes folders.
  [
    [
      'kura-cell-*/*',
      'kura-data/kura-data-pgpool',
      'kura-data/kura-data-postgresql*',
      'kura-data/kura-data-elasticsearch-*',
      'kura-data/kura-data-rabbitmq',
      'kura-edge/envoy',
      'kura-edge/dns-solver',
      'kura-edge/certificates',
      'kura-identity/proxy',
      'kura-identity/handle',
      'kura-identity/keycloak',
      'kura-identity/realm',
      'kura-identity/scanner',
      'kura-identity/signatures',
      'kura-backups/*',
      'kura-nightly/*',
      'kura-operators/*',
      'kura-operations/prometheus',
      'kura-operations/kube-state-metrics',
      'kura-operations/blackbox-exporter',
      'kura-operations/management-agent',
    ],
    'kube-system/coredns',
    ...NAMES,
  ],
]

/** A connection, and whether {@link ALLOWED} lets it pass. */
export interface Question {
  from: End
  to: End
  port: PortName
  allowed: boolean
}

/** Ports that nobody names: they stand for all others. */
const UNNAMED: PortName[] = [65_000, '65000/UDP']

/**
 * All that is to be asked of policies among these ends. Pairs are those of which one is a pod of ours: of others no
 * policy says anything. Ports are those that the table or a policy at either end names, and some that none names.
 *
 * @throws Error if a line of the table names nobody.
 */
export function questions(policies: Policies, ends: End[]): Question[] {
  const table = new Map<string, Set<Ports[number]>>()
  const key = (from: End, to: End) => `${from.name} → ${to.name}`
  for (const [froms, tos, ...ports] of ALLOWED)
    for (const from of endsNamed(ends, froms))
      for (const to of endsNamed(ends, tos))
        table.set(key(from, to), new Set([...(table.get(key(from, to)) ?? []), ...ports]))
  const known = new Map(ends.map(({ namespace = '' }) => [namespace, policies.portsNamed(namespace)]))
  const ours = ({ namespace }: End) => namespace?.startsWith('kura-') ?? false
  return ends.flatMap((from) =>
    ends
      .filter((to) => ours(from) || ours(to))
      .flatMap((to) => {
        const allowed = table.get(key(from, to)) ?? new Set()
        const ports = new Set([from, to].flatMap(({ namespace = '' }) => known.get(namespace) ?? []))
        return [...ports.union(allowed).union(new Set(UNNAMED))]
          .filter((port) => port !== ANY)
          .map((port) => ({ from, to, port, allowed: allowed.has(port) || allowed.has(ANY) }))
      }),
  )
}
