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
  /** With the analysis of Japanese and of Unicode added. */
  elasticsearch: { repository: 'elasticsearch', version: '9.5.3' },
  /** pg_dump, rclone and curl, for the jobs that back up. */
  backup: { repository: 'backup', version: '0.1.0' },
  nginx: mirrored('docker.io/nginxinc/nginx-unprivileged', '1.29.3'),
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

/** Versions of charts, by what installs them. */
export const charts = {} satisfies Record<string, { repository: string; chart: string; version: string }>

/** Digests by `<repository>:<version>`, written by the pipeline's mirror step and by nobody else. */
const digests: Record<string, `sha256:${string}` | undefined> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'digests.json'), 'utf8'),
)

/** How a container names an image: by its digest, once the mirror step has written it. */
export function reference(registry: string, { repository, version }: Image): string {
  const digest = digests[`${repository}:${version}`]
  return `${registry}/${repository}:${version}${digest === undefined ? '' : `@${digest}`}`
}
