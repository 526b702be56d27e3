import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { allow, toApi, toNames, toPublic } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import type { Door } from './door.ts'

/** Its service account too, by which Oracle knows it. */
const NAME = 'certificates'
const SCRIPT = 'import-certificates.sh'
const SIZE = { vcpu: 0.1, memory: 0.5 }

/** Every hour, at a minute of its own: a renewed certificate is served long before the old one ends, a new one soon. */
const SCHEDULE = '23 * * * *'

interface ImporterArgs {
  settings: Pick<Settings, 'region' | 'registry' | 'network'>
  namespace: pulumi.Output<string>
  /** Each has a Secret of its name, once its certificate is issued. */
  doors: Door[]
}

/** The job that brings renewed certificates from the cluster to where the load balancers take theirs from. */
export class CertificateImporter extends Component {
  constructor(name: string, { settings, namespace, doors }: ImporterArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:CertificateImporter', name, options)
    const child = { parent: this }
    const selector = { 'app.kubernetes.io/name': NAME }
    const metadata = { name: NAME, namespace, labels: this.labels }

    const account = new kubernetes.core.v1.ServiceAccount(
      this.named('account'),
      { metadata, automountServiceAccountToken: false },
      child,
    )
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      {
        metadata,
        data: {
          [SCRIPT]: readFileSync(join(import.meta.dirname, 'scripts', SCRIPT), 'utf8'),
          doors: pulumi
            .all(doors.map((door) => pulumi.interpolate`${door.name} ${door.certificateId}\n`))
            .apply((lines) => lines.join('')),
        },
      },
      child,
    )
    allow(
      this.named('allow'),
      'allow-certificates',
      { namespace, labels: this.labels, pods: selector, egress: [toNames, toApi(settings.network), toPublic] },
      this,
    )

    new kubernetes.batch.v1.CronJob(
      this.named('job'),
      {
        metadata,
        spec: {
          schedule: SCHEDULE,
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 600,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            spec: {
              backoffLimit: 2,
              activeDeadlineSeconds: 1800,
              template: {
                metadata: { labels: { ...this.labels, ...selector } },
                spec: {
                  ...podOn('web', selector),
                  restartPolicy: 'Never',
                  serviceAccountName: account.metadata.name,
                  // Oracle exchanges its token for the right to import; in the cluster it may do nothing.
                  automountServiceAccountToken: true,
                  containers: [
                    {
                      name: 'import',
                      image: reference(settings.registry, images.ociCli),
                      command: ['bash', `/etc/${NAME}/${SCRIPT}`],
                      args: [`/etc/${NAME}/doors`, '/var/run/certificates'],
                      env: Object.entries({
                        OCI_CLI_AUTH: 'oke_workload_identity',
                        OCI_CLI_REGION: settings.region,
                        OCI_RESOURCE_PRINCIPAL_REGION: settings.region,
                        OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
                        HOME: '/tmp',
                      }).map(([variable, value]) => ({ name: variable, value })),
                      resources: resources(SIZE),
                      securityContext: restrictedContainer,
                      volumeMounts: [
                        { name: 'configuration', mountPath: `/etc/${NAME}`, readOnly: true },
                        { name: 'certificates', mountPath: '/var/run/certificates', readOnly: true },
                        { name: 'temporary', mountPath: '/tmp' },
                      ],
                    },
                  ],
                  volumes: [
                    { name: 'configuration', configMap: { name: configuration.metadata.name } },
                    {
                      name: 'certificates',
                      projected: {
                        defaultMode: 0o440,
                        // A certificate that is not issued yet holds up no other.
                        sources: doors.map((door) => ({
                          secret: {
                            name: door.name,
                            optional: true,
                            items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: `${door.name}/${key}` })),
                          },
                        })),
                      },
                    },
                    { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
                  ],
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
