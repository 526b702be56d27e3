import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../checksum.ts'
import { allow, tcp, toNames } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources } from '../pods.ts'
import { podsOf, script } from './workload.ts'

const NAME = 'realm'
const SCRIPT = 'realm.sh'
/** The admin client's secret among the representations, and the one before it. */
const SECRET = 'secret'
const FORMER = `${SECRET}.former`
const PLACES = { files: '/etc/realm', script: '/opt/realm' }
/** kcadm is a Java program, started anew for each step. */
const SIZE = { vcpu: 0.25, burst: 1, memory: 0.5 }

interface RealmArgs {
  namespace: pulumi.Input<string>
  registry: string
  /** Keycloak inside the cluster. */
  server: string
  credentials: { client: string; secret: pulumi.Input<string>; former?: pulumi.Input<string> }
  files: pulumi.Output<Record<string, string>>
}

/**
 * The realm in Keycloak's database, brought to what is declared by a Job. Keycloak itself imports a realm once and never
 * looks at the file again, so an institution added later would not be let in. When the declaration changes, another Job
 * takes the place of this one; `pulumi up` waits for its end and fails with it.
 */
export class Realm extends Component {
  constructor(name: string, args: RealmArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Realm', name, options)
    const { namespace, registry, server, credentials, files } = args
    const child = { parent: this }
    const labels = { ...this.labels, ...podsOf(NAME) }
    const metadata = { name: NAME, namespace, labels }

    const { client, secret, former } = credentials
    const contents = files.apply((known) => ({
      ...known,
      [SECRET]: secret,
      ...(former === undefined ? {} : { [FORMER]: former }),
    }))
    const representations = new kubernetes.core.v1.Secret(
      this.named('files'),
      { metadata, stringData: contents },
      child,
    )
    const scripts = new kubernetes.core.v1.ConfigMap(
      this.named('script'),
      { metadata, data: { [SCRIPT]: script(SCRIPT) } },
      child,
    )
    new kubernetes.batch.v1.Job(
      this.named('job'),
      {
        metadata,
        spec: {
          backoffLimit: 5,
          activeDeadlineSeconds: 900,
          template: {
            metadata: { labels, annotations: { 'kura/configuration': checksum(contents) } },
            spec: {
              ...podOn('web', podsOf(NAME)),
              restartPolicy: 'Never',
              containers: [
                {
                  name: NAME,
                  image: reference(registry, images.keycloak),
                  command: ['/bin/bash', `${PLACES.script}/${SCRIPT}`],
                  args: [server, PLACES.files, client, `${PLACES.files}/${SECRET}`],
                  env: [{ name: 'PATH', value: '/opt/keycloak/bin:/usr/bin:/bin' }],
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'files', mountPath: PLACES.files, readOnly: true },
                    { name: 'script', mountPath: PLACES.script, readOnly: true },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: 'files', secret: { secretName: representations.metadata.name, defaultMode: 0o440 } },
                { name: 'script', configMap: { name: scripts.metadata.name } },
                { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
              ],
            },
          },
        },
      },
      // A Job's pod cannot be changed, and its name is taken until it is gone.
      {
        parent: this,
        deleteBeforeReplace: true,
        replaceOnChanges: ['spec.template'],
        customTimeouts: { create: '20m' },
      },
    )
    allow(
      this.named('traffic'),
      `allow-${NAME}`,
      {
        namespace,
        labels: this.labels,
        pods: podsOf(NAME),
        egress: [toNames, { to: [{ podSelector: { matchLabels: podsOf('keycloak') } }], ports: [tcp(8080)] }],
      },
      this,
    )
    this.registerOutputs({})
  }
}
