import type { ObjectStore } from '../../storage/index.ts'

/** Ports: what clients use, how nodes talk, and what opens once a node is part of the cluster. */
export const PORTS = { http: 9200, transport: 9300, readiness: 9399 }

export const HOME = '/usr/share/elasticsearch'
/** Where a node reads its configuration; certificates must lie below it. */
export const CONFIG = `${HOME}/config`
/** Below {@link CONFIG}. */
export const FOLDERS = { tls: 'tls', users: 'realm' }
export const DATA = '/var/lib/elasticsearch/data'
export const BACKUPS = '/var/lib/elasticsearch/backups'

/** GiB above which object pointers are no longer compressed, so that a larger heap would hold less. */
const MOST_HEAP = 31

/** GiB of heap: half of the memory, since Lucene reads through the kernel's cache. */
function heap(memory: number): number {
  return Math.min(MOST_HEAP, memory / 2)
}

interface Topology {
  /** Name of the StatefulSet, which names its pods. */
  name: string
  /** Host by which nodes find each other. */
  peers: string
}

/** `elasticsearch.yml`, in JSON, which is YAML too. A node's fault domain is added where it starts. */
export function elasticsearchYml({ name, peers }: Topology, { endpoint, region }: ObjectStore): string {
  const tls = (layer: 'http' | 'transport') => ({
    [`xpack.security.${layer}.ssl.enabled`]: true,
    [`xpack.security.${layer}.ssl.certificate`]: `${FOLDERS.tls}/tls.crt`,
    [`xpack.security.${layer}.ssl.key`]: `${FOLDERS.tls}/tls.key`,
    [`xpack.security.${layer}.ssl.certificate_authorities`]: [`${FOLDERS.tls}/ca.crt`],
  })
  return `${JSON.stringify(
    {
      'cluster.name': 'kura',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Elasticsearch puts the pod's name in.
      'node.name': '${HOSTNAME}',
      // All alike, so that any may be lost. The voting nodes among them are Elasticsearch's own choice.
      'node.roles': ['master', 'data', 'ingest'],
      'path.data': DATA,
      'path.logs': `${HOME}/logs`,
      'path.repo': [BACKUPS],
      'network.host': '0.0.0.0',
      'readiness.port': PORTS.readiness,
      'discovery.seed_hosts': [peers],
      // Read by a node without any data alone, when two of these three agree: once, at the first start. Three, and not
      // all, so that another number of nodes changes nothing.
      'cluster.initial_master_nodes': [0, 1, 2].map((ordinal) => `${name}-${ordinal}`),
      // A shard and its copy do not lie in one fault domain, while there is another.
      'cluster.routing.allocation.awareness.attributes': ['fault_domain'],
      'xpack.security.enabled': true,
      'xpack.security.autoconfiguration.enabled': false,
      'xpack.security.enrollment.enabled': false,
      ...tls('http'),
      ...tls('transport'),
      // Nodes find each other by address, which no certificate names. That they are nodes, the network policy says.
      'xpack.security.transport.ssl.verification_mode': 'certificate',
      // Neither is used; the first takes memory beside the heap, the second downloads from the internet.
      'xpack.ml.enabled': false,
      'ingest.geoip.downloader.enabled': false,
      's3.client.default.endpoint': endpoint,
      's3.client.default.region': region,
      's3.client.default.path_style_access': true,
      // Oracle's object storage refuses bodies in chunks.
      's3.client.default.disable_chunked_encoding': true,
    },
    null,
    2,
  )}\n`
}

/** JVM options beside those of the image. `memory` in GiB. */
export function jvmOptions(memory: number): string {
  const mib = Math.floor(heap(memory) * 1024)
  return [
    `-Xms${mib}m`,
    `-Xmx${mib}m`,
    // A dump would be as large as the heap, and fill the disk of the data.
    '-XX:-HeapDumpOnOutOfMemoryError',
    // To the container's log: warnings, and nothing of the garbage collector's file.
    '-Xlog:disable',
    '-Xlog:all=warning:stderr:utctime,level,tags',
    '',
  ].join('\n')
}
