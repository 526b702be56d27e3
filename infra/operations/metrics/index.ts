import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { allow, fromMetrics, tcp, toApi, toNames, toPublic } from '../../cluster/traffic.ts'
import { Component } from '../../component.ts'
import type { HostGroup } from '../../edge/host-groups.ts'
import type { Settings } from '../../settings.ts'
import { watchedHosts } from '../watched-hosts.ts'
import { Agent } from './agent.ts'
import { NodeMetrics } from './nodes.ts'
import { Probes } from './probes.ts'
import { Prometheus } from './prometheus.ts'
import { rules } from './rules.ts'
import { FEDERATION, recording, scraping } from './scraping.ts'
import { StateMetrics } from './state.ts'

const NAMESPACE = 'kura-operations'
const COLLECTOR = { 'app.kubernetes.io/name': 'prometheus' }
const AGENT = { 'app.kubernetes.io/name': 'management-agent' }

interface MetricsArgs {
  settings: Pick<Settings, 'compartment' | 'registry' | 'network' | 'pgpool' | 'zone'>
  groups: HostGroup[]
  /** Lets the agent register itself. */
  agentKey: pulumi.Output<string>
}

/** Metrics of everything, collected inside the cluster; what alarms look at is pushed to Oracle Cloud. */
export class Metrics extends Component {
  constructor(name: string, { settings, groups, agentKey }: MetricsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Metrics', name, options)
    const { registry } = settings

    const created = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name: NAMESPACE, labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      { parent: this },
    )
    const inside = { parent: this, dependsOn: created }
    const namespace = NAMESPACE

    new NodeMetrics(this.named('nodes'), { registry }, { parent: this })
    const state = new StateMetrics(this.named('state'), { registry, namespace }, inside)
    const probes = new Probes(this.named('probes'), { registry, namespace }, inside)
    const recorded = rules(settings)
    const prometheus = new Prometheus(
      this.named('prometheus'),
      {
        registry,
        namespace,
        selector: COLLECTOR,
        files: {
          'prometheus.yml': scraping({
            stateMetrics: state.address,
            blackbox: probes.address,
            hosts: watchedHosts(groups, settings).map(({ host }) => host),
          }),
          'rules.yml': recording(recorded),
        },
      },
      inside,
    )
    new Agent(
      this.named('agent'),
      {
        settings,
        namespace,
        selector: AGENT,
        key: agentKey,
        url: `http://${prometheus.address}${FEDERATION}`,
        metrics: Object.keys(recorded),
      },
      inside,
    )

    const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
      allow(this.named(suffix), suffix, { namespace: created.metadata.name, labels: this.labels, ...traffic }, this)
    const collector = { podSelector: { matchLabels: COLLECTOR } }
    policy('deny-all', {})
    policy('allow-collector', {
      pods: COLLECTOR,
      ingress: [{ from: [{ podSelector: { matchLabels: AGENT } }], ports: [tcp(prometheus.port)] }],
      egress: [
        toNames,
        toApi(settings.network),
        // Every pod that lets it in, on whatever port that it serves metrics; and kubelets.
        { to: [{ namespaceSelector: {} }] },
        { to: [{ ipBlock: { cidr: settings.network.addresses } }], ports: [tcp(10_250)] },
      ],
    })
    policy('allow-state', {
      pods: state.selector,
      ingress: [fromMetrics(state.port)],
      egress: [toNames, toApi(settings.network)],
    })
    policy('allow-probes', {
      pods: probes.selector,
      ingress: [fromMetrics(probes.port)],
      egress: [toNames, toPublic],
    })
    policy('allow-agent', {
      pods: AGENT,
      egress: [toNames, toPublic, { to: [collector], ports: [tcp(prometheus.port)] }],
    })
    this.registerOutputs({ namespace })
  }
}
