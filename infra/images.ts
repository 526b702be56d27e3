import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every container image and every chart, with its exact version. All images are pulled from the stack's registry: ours
 * are built there, others' are mirrored there, so that nothing that runs depends on somebody else's registry.
 */
export interface Image {
  /** Repository below the stack's registry. */
  repository: string
  version: string
  /** Where the mirror takes it from; ours have none, they are built from `images/<repository>/`. */
  source?: string
}

const mirrored = (source: string, version: string): Image => ({
  repository: `mirror/${source.slice(source.indexOf('/') + 1)}`,
  version,
  source,
})

export const images = {
  application: { repository: 'application', version: '0.1.0' },
  /** Built from pgpool-II's own source: its makers publish no image of this version. */
  pgpool: { repository: 'pgpool', version: '4.6.1' },
  /** With the analysis of Japanese and of Unicode added, and an S3 client that Oracle's object storage understands. */
  elasticsearch: { repository: 'elasticsearch', version: '9.5.3' },
  /** pg_dump, rclone and curl, for the jobs that back up. */
  backup: { repository: 'backup', version: '0.1.0' },
  // What enforces network policies, and the operators. Calico's version is the one that Oracle has tested with the
  // version of Kubernetes; Spilo is PostgreSQL 14 to 18 with Patroni, and goes with its operator.
  calico: mirrored('quay.io/calico/node', 'v3.30.3'),
  postgresOperator: mirrored('ghcr.io/zalando/postgres-operator', 'v2.0.1'),
  spilo: mirrored('ghcr.io/zalando/spilo-18', '4.1-p2'),
  rabbitmqOperator: mirrored('ghcr.io/rabbitmq/cluster-operator', '2.22.3'),
  /** Built for PostgreSQL, so that it starts from a file system that it cannot write to. */
  keycloak: { repository: 'keycloak', version: '26.7.4' },
  /** CNRI's licence lets nobody pass the Handle software on: so everybody builds this image from what they downloaded. */
  handle: { repository: 'handle', version: '9.3.2' },
  satosa: mirrored('docker.io/library/satosa', '8.6.0'),
  clamav: mirrored('docker.io/clamav/clamav', '1.4.5'),
  rabbitmq: mirrored('docker.io/library/rabbitmq', '4.2.9-management'),
  /** The last line of Redis under a permissive licence (BSD). */
  redis: mirrored('docker.io/library/redis', '7.2.16'),
  postgresExporter: mirrored('quay.io/prometheuscommunity/postgres-exporter', 'v0.19.1'),
  elasticsearchExporter: mirrored('quay.io/prometheuscommunity/elasticsearch-exporter', 'v1.11.0'),
  nginx: mirrored('docker.io/nginxinc/nginx-unprivileged', '1.29.3'),
  envoy: mirrored('docker.io/envoyproxy/envoy', 'distroless-v1.39.3'),
  envoyGateway: mirrored('docker.io/envoyproxy/gateway', 'v1.9.2'),
  /** cert-manager's way into Oracle's DNS. */
  dnsSolver: mirrored('ghcr.io/the-i-engineers/cert-manager-webhook-oci', '0.4.0'),
  ociCli: mirrored('ghcr.io/oracle/oci-cli', '20260930'),
  prometheus: mirrored('docker.io/prom/prometheus', 'v3.16.0'),
  kubeStateMetrics: mirrored('registry.k8s.io/kube-state-metrics/kube-state-metrics', 'v2.17.0'),
  nodeExporter: mirrored('docker.io/prom/node-exporter', 'v1.12.1'),
  blackboxExporter: mirrored('docker.io/prom/blackbox-exporter', 'v0.28.0'),
  /** Oracle's: its registry asks for an account that has accepted the licence. */
  managementAgent: mirrored(
    'container-registry.oracle.com/oci_observability_management/oci-management-agent',
    '1.13.0',
  ),
} satisfies Record<string, Image>

/** Charts, by the names of their releases. `repository` is Helm's own kind (https) or an image registry (oci). */
export const charts = {
  'postgres-operator': {
    repository: 'https://opensource.zalando.com/postgres-operator/charts/postgres-operator',
    chart: 'postgres-operator',
    version: '2.0.1',
  },
  'envoy-gateway': { repository: 'oci://docker.io/envoyproxy', chart: 'gateway-helm', version: 'v1.9.2' },
  'dns-solver': {
    repository: 'https://the-i-engineers.github.io/cert-manager-webhook-oci',
    chart: 'cert-manager-webhook-oci',
    version: '0.4.0',
  },
} satisfies Record<string, { repository: string; chart: string; version: string }>

/** What is fetched from its makers when it is needed: definitions of custom resources, and a program of the nodes. */
export const files = {
  calicoDefinitions: `https://raw.githubusercontent.com/projectcalico/calico/${images.calico.version}/manifests/crds.yaml`,
  rabbitmqDefinitions: `https://raw.githubusercontent.com/rabbitmq/cluster-operator/v${images.rabbitmqOperator.version}/config/crd/bases/rabbitmq.com_rabbitmqclusters.yaml`,
  credentialProvider:
    'https://github.com/oracle-devrel/oke-credential-provider-for-ocir/releases/download/v0.1.1/oke-credential-provider-for-ocir-linux-amd64',
}

/** Digests by `<repository>:<version>`, written by the pipeline's mirror step and by nobody else. */
const digests: Record<string, `sha256:${string}` | undefined> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'digests.json'), 'utf8'),
)

/** How a container names an image: by its digest, once the mirror step has written it. */
export function reference(registry: string, { repository, version }: Image): string {
  const digest = digests[`${repository}:${version}`]
  return `${registry}/${repository}:${version}${digest === undefined ? '' : `@${digest}`}`
}
