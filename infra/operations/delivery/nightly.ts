import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { PRIORITY } from '../../cluster/classes.ts'
import { allow, toApi, toNames, toPublic } from '../../cluster/traffic.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { WORKLOADS } from '../grants.ts'
import type { Delivery } from './index.ts'

interface NightlyArgs {
  settings: Pick<Settings, 'registry' | 'region' | 'network' | 'delivery'>
  delivery: Delivery
}

/**
 * Starts the comparison of what runs with what is declared, each night, and fails when it failed: Oracle's DevOps
 * service has no clock of its own. An alarm looks at when the job last succeeded.
 */
export class Nightly extends Component {
  constructor(name: string, { settings, delivery }: NightlyArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Nightly', name, options)
    const child = { parent: this }
    const { serviceAccount } = WORKLOADS.nightly
    const selector = { 'app.kubernetes.io/name': 'comparison' }
    const labels = { ...this.labels, ...selector }

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      {
        metadata: {
          name: WORKLOADS.nightly.namespace,
          labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' },
        },
      },
      child,
    ).metadata.name
    const metadata = { namespace, labels }
    allow(this.named('deny-all'), 'deny-all', { namespace, labels: this.labels }, this)
    allow(
      this.named('allow-oracle'),
      'allow-oracle',
      { namespace, labels: this.labels, egress: [toNames, toApi(settings.network), toPublic] },
      this,
    )
    const account = new kubernetes.core.v1.ServiceAccount(
      this.named('account'),
      { metadata: { ...metadata, name: serviceAccount }, automountServiceAccountToken: false },
      child,
    )
    const command = [
      'oci devops build-run create --auth oke_workload_identity',
      `--build-pipeline-id "$PIPELINE" --display-name "nightly $(date -u +%F)"`,
      '--wait-for-state SUCCEEDED --wait-for-state FAILED --wait-for-state CANCELED --max-wait-seconds 3600',
      `--query 'data."lifecycle-state"' --raw-output | tee /dev/stderr | grep -qx SUCCEEDED`,
    ].join(' ')

    new kubernetes.batch.v1.CronJob(
      this.named('comparison'),
      {
        metadata: { ...metadata, name: 'comparison' },
        spec: {
          schedule: settings.delivery.nightly,
          timeZone: 'Etc/UTC',
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 2,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels },
            spec: {
              // What differs still differs a minute later.
              backoffLimit: 0,
              activeDeadlineSeconds: 7200,
              template: {
                metadata: { labels },
                spec: {
                  ...podOn('web', selector),
                  // The token is what the identity is proven by.
                  automountServiceAccountToken: true,
                  serviceAccountName: account.metadata.name,
                  priorityClassName: PRIORITY.batch,
                  restartPolicy: 'Never',
                  containers: [
                    {
                      name: 'comparison',
                      image: reference(settings.registry, images.ociCli),
                      command: ['bash', '-euo', 'pipefail', '-c', command],
                      env: [
                        { name: 'HOME', value: '/tmp' },
                        { name: 'OCI_RESOURCE_PRINCIPAL_VERSION', value: '2.2' },
                        { name: 'OCI_RESOURCE_PRINCIPAL_REGION', value: settings.region },
                        { name: 'OCI_CLI_REGION', value: settings.region },
                        { name: 'PIPELINE', value: delivery.comparison },
                      ],
                      resources: resources({ vcpu: 0.1, memory: 0.5 }),
                      securityContext: restrictedContainer,
                      volumeMounts: [{ name: 'temporary', mountPath: '/tmp' }],
                    },
                  ],
                  volumes: [{ name: 'temporary', emptyDir: { sizeLimit: '64Mi' } }],
                },
              },
            },
          },
        },
      },
      child,
    )
    this.registerOutputs({})
  }
}
