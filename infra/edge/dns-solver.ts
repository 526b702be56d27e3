import type * as pulumi from '@pulumi/pulumi'
import { installChart } from '../cluster/chart.ts'
import { leavesLost, POOL } from '../cluster/placement.ts'
import { allow, tcp, toApi, toNames, toPublic } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { resources, type Workload } from '../pods.ts'
import type { Settings } from '../settings.ts'

/** Its service account too, by which Oracle knows it. */
const NAME = 'dns-solver'
const PORT = 6443
const SIZE = { vcpu: 0.01, memory: 0.0625 }

/** Where OKE's add-on runs cert-manager. */
const CERT_MANAGER = { namespace: 'cert-manager', serviceAccountName: 'cert-manager' }

/** The name by which cert-manager calls the solver, as an API of the cluster. */
export const solverGroup = (zone: string) => `acme.${zone}`

interface DnsSolverArgs {
  settings: Pick<Settings, 'region' | 'registry' | 'zone' | 'network'>
  namespace: pulumi.Output<string>
}

/** Writes the records into our DNS zone by which a certificate authority sees whose a name is. */
export class DnsSolver extends Component {
  constructor(name: string, { settings, namespace }: DnsSolverArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:DnsSolver', name, options)
    const policy = allow(
      this.named('allow'),
      'allow-dns-solver',
      {
        namespace,
        labels: this.labels,
        pods: { app: NAME },
        // From the Kubernetes API, whose address is the control plane's own.
        ingress: [{ ports: [tcp(PORT)] }],
        egress: [toNames, toApi(settings.network), toPublic],
      },
      this,
    )
    const [image, ...tag] = reference(settings.registry, images.dnsSolver).split(':')
    installChart(
      this.named('release'),
      {
        chart: NAME,
        namespace,
        values: {
          nameOverride: NAME,
          fullnameOverride: NAME,
          groupName: solverGroup(settings.zone),
          certManager: CERT_MANAGER,
          image: { repository: image, tag: tag.join(':') },
          // Without secrets of its own, it is known by its service account (workload identity).
          ociProfileSecretNames: [],
          ociResourcePrincipal: { region: settings.region },
          resources: resources(SIZE),
          nodeSelector: { [POOL]: 'web' },
          tolerations: leavesLost(),
        },
      },
      { parent: this, dependsOn: [policy] },
    )
    const workload: Workload = {
      name: NAME,
      namespace: 'kura-edge',
      kind: 'Deployment',
      pool: 'web',
      replicas: 1,
      ...SIZE,
    }
    this.registerOutputs({ workloads: [workload] })
  }
}
