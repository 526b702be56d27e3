import { stringify } from 'yaml'
import { PREFIX, type rules } from './rules.ts'

/** Where the collector keeps its files. */
export const FOLDER = '/etc/prometheus'
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount'

/** How often everything is read and every rule computed. The agent pushes as often. */
const INTERVAL = '1m'

interface ScrapingArgs {
  /** `host:port` of the exporters that are read by name. */
  stateMetrics: string
  blackbox: string
  /** Hosts whose certificates the blackbox exporter looks at. */
  hosts: string[]
}

const copy = (from: string[], to: string) => ({ source_labels: from, target_label: to })
const keep = (from: string[], regex: string) => ({ action: 'keep', source_labels: from, regex })
/** Labels by which a series says where it comes from. */
const POD_LABELS = [
  copy(['__meta_kubernetes_namespace'], 'namespace'),
  copy(['__meta_kubernetes_pod_name'], 'pod'),
  copy(['__meta_kubernetes_pod_node_name'], 'node'),
  copy(['__meta_kubernetes_pod_label_app_kubernetes_io_name'], 'app'),
]
const RUNNING = keep(['__meta_kubernetes_pod_phase'], 'Running')
const pods = [{ role: 'pod' }]

/** `prometheus.yml`: who is read. */
export function scraping({ stateMetrics, blackbox, hosts }: ScrapingArgs): string {
  const kubelet = (name: string, path: string, metrics: string) => ({
    job_name: name,
    scheme: 'https',
    metrics_path: path,
    authorization: { credentials_file: `${TOKEN}/token` },
    // A kubelet certifies itself. What is read of it is no secret, and what it is given is a token for reading alone.
    tls_config: { insecure_skip_verify: true },
    kubernetes_sd_configs: [{ role: 'node' }],
    relabel_configs: [copy(['__meta_kubernetes_node_name'], 'node')],
    metric_relabel_configs: [keep(['__name__'], metrics)],
  })

  return stringify({
    global: { scrape_interval: INTERVAL, scrape_timeout: '30s', evaluation_interval: INTERVAL },
    rule_files: [`${FOLDER}/rules.yml`],
    scrape_configs: [
      {
        job_name: 'pods',
        kubernetes_sd_configs: pods,
        relabel_configs: [
          keep(['__meta_kubernetes_pod_annotation_prometheus_io_scrape'], 'true'),
          RUNNING,
          {
            ...copy(['__meta_kubernetes_pod_ip', '__meta_kubernetes_pod_annotation_prometheus_io_port'], '__address__'),
            separator: ':',
          },
          { ...copy(['__meta_kubernetes_pod_annotation_prometheus_io_path'], '__metrics_path__'), regex: '(.+)' },
          ...POD_LABELS,
        ],
        // The gateway has histograms for each of its routes, which nobody reads.
        metric_relabel_configs: [{ action: 'drop', source_labels: ['__name__'], regex: 'envoy_.+_bucket' }],
      },
      kubelet('kubelet', '/metrics', 'kubelet_volume_stats_.+'),
      // No alarm looks at these: they show what containers really use of what they ask for.
      kubelet('resources', '/metrics/resource', '(container|pod)_.+'),
      {
        job_name: 'kube-state-metrics',
        // Its labels name the objects that it speaks of.
        honor_labels: true,
        static_configs: [{ targets: [stateMetrics] }],
      },
      {
        job_name: 'certificates',
        metrics_path: '/probe',
        params: { module: ['certificate'] },
        static_configs: [{ targets: hosts.map((host) => `${host}:443`) }],
        relabel_configs: [
          copy(['__address__'], '__param_target'),
          copy(['__param_target'], 'instance'),
          { target_label: '__address__', replacement: blackbox },
        ],
      },
    ],
  })
}

/** `rules.yml`: what is computed of it. */
export function recording(recorded: ReturnType<typeof rules>): string {
  return stringify({
    groups: [
      {
        name: 'alarms',
        rules: Object.entries(recorded).map(([record, { expr }]) => ({
          record,
          expr,
          // Federation gives a series without an instance an empty one, and Oracle's Monitoring takes no empty values.
          labels: { instance: 'platform' },
        })),
      },
    ],
  })
}

/** Where the collector shows the recorded metrics. */
export const FEDERATION = `/federate?${new URLSearchParams({ 'match[]': `{__name__=~"${PREFIX}.+"}` })}`
