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
  /** PostgreSQL 14 to 18 with Patroni and WAL-G. */
  spilo: mirrored('ghcr.io/zalando/spilo-18', '4.1-p2'),
  rabbitmq: mirrored('docker.io/library/rabbitmq', '4.2.9-management'),
  /** The last line of Redis under a permissive licence (BSD). */
  redis: mirrored('docker.io/library/redis', '7.2.16'),
  postgresExporter: mirrored('quay.io/prometheuscommunity/postgres-exporter', 'v0.19.1'),
  elasticsearchExporter: mirrored('quay.io/prometheuscommunity/elasticsearch-exporter', 'v1.11.0'),
  nginx: mirrored('docker.io/nginxinc/nginx-unprivileged', '1.29.3'),
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
