import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { PRIORITY } from '../../cluster/classes.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import type { Login } from '../../password.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import { BACKUP_FOLDERS } from '../../storage/directories.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { type Authority, CERTIFICATE_FILE } from '../authority.ts'
import { BACKUPS } from './configuration.ts'

/** The repositories of snapshots: in object storage, and in file storage. */
export const REPOSITORIES = { objects: 'objects', files: 'files' } as const

/** Labels of the pod that registers them. */
export const REGISTRAR = { 'app.kubernetes.io/name': 'elasticsearch-repositories' }

interface RepositoriesArgs {
  namespace: string
  registry: string
  authority: Authority
  url: string
  login: Login
  store: pulumi.Output<ObjectStore>
}

/** The Job that registers the repositories and tries them out: at the first deployment, and when they change. */
export class Repositories extends Component {
  constructor(name: string, args: RepositoriesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:ElasticsearchRepositories', name, options)
    const { namespace, registry, authority, url, login, store } = args
    const labels = { ...this.labels, ...REGISTRAR }
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      {
        metadata: { name: this.named('configuration'), namespace, labels },
        data: {
          'repositories.sh': readFileSync(join(import.meta.dirname, 'scripts/repositories.sh'), 'utf8'),
          ...definitions(store),
        },
      },
      { parent: this },
    )
    const secret = new kubernetes.core.v1.Secret(
      this.named('secret'),
      { metadata: { name: this.named('secret'), namespace, labels }, stringData: { password: login.password } },
      { parent: this },
    )
    new kubernetes.batch.v1.Job(
      this.named('job'),
      {
        metadata: { name, namespace, labels },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 5400,
          template: {
            metadata: { labels },
            spec: {
              ...podOn('web', REGISTRAR),
              restartPolicy: 'Never',
              priorityClassName: PRIORITY.batch,
              containers: [
                {
                  name: 'repositories',
                  image: reference(registry, images.backup),
                  command: ['bash', '/scripts/repositories.sh'],
                  env: Object.entries({
                    URL: url,
                    AUTHORITY: `/authority/${CERTIFICATE_FILE}`,
                    USER: login.user,
                    PASSWORD_FILE: '/secret/password',
                    REPOSITORIES: '/repositories',
                    ANALYSED: REPOSITORIES.objects,
                  }).map(([name, value]) => ({ name, value })),
                  resources: resources({ vcpu: 0.05, memory: 0.0625 }),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'scripts', mountPath: '/scripts', readOnly: true },
                    { name: 'repositories', mountPath: '/repositories', readOnly: true },
                    { name: 'secret', mountPath: '/secret', readOnly: true },
                    { name: 'authority', mountPath: '/authority', readOnly: true },
                  ],
                },
              ],
              volumes: [
                {
                  name: 'scripts',
                  configMap: {
                    name: configuration.metadata.name,
                    items: [{ key: 'repositories.sh', path: 'repositories.sh' }],
                  },
                },
                {
                  name: 'repositories',
                  configMap: {
                    name: configuration.metadata.name,
                    items: Object.values(REPOSITORIES).map((name) => ({ key: `${name}.json`, path: `${name}.json` })),
                  },
                },
                { name: 'secret', secret: { secretName: secret.metadata.name, defaultMode: 0o440 } },
                { name: 'authority', configMap: { name: authority.configMap } },
              ],
            },
          },
        },
      },
      { parent: this, deleteBeforeReplace: true, replaceOnChanges: ['spec'], customTimeouts: { create: '100m' } },
    )
    this.registerOutputs({})
  }
}

/** `<repository>.json`: what Elasticsearch is told of each. */
function definitions(store: pulumi.Output<ObjectStore>): Record<string, pulumi.Input<string>> {
  return {
    [`${REPOSITORIES.objects}.json`]: pulumi.output(store).apply(({ bucket }) =>
      JSON.stringify({
        type: 's3',
        // Oracle's object storage has no conditional writes. One cluster alone writes there, so nothing is lost by it.
        settings: { bucket, base_path: 'elasticsearch', unsafely_incompatible_with_s3_conditional_writes: true },
      }),
    ),
    [`${REPOSITORIES.files}.json`]: JSON.stringify({
      type: 'fs',
      settings: { location: `${BACKUPS}/${BACKUP_FOLDERS.elasticsearch}` },
    }),
  }
}
