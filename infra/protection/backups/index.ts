import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { databaseName, type TenantFile } from '../../../app/tenancy/schema.ts'
import { PRIORITY } from '../../cluster/classes.ts'
import { allow, inNamespace, tcp, toNames, toPublic } from '../../cluster/traffic.ts'
import { Component } from '../../component.ts'
import { CONNECTIONS } from '../../data/connections.ts'
import type { Data } from '../../data/index.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { connects, podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { BACKUP_FOLDERS } from '../../storage/directories.ts'
import { fileClaim } from '../../storage/file-claim.ts'
import type { Files } from '../../storage/files.ts'
import type { BucketName, Storage } from '../../storage/index.ts'
import { offsiteCredentials, rcloneConfiguration } from './rclone.ts'

const SCRIPTS = '/etc/backup/scripts'
const LISTS = '/etc/backup/lists'
const SECRETS = '/etc/backup/secrets'
const FOLDER = '/backup'

/** What a job of copying asks for: it compresses and encrypts, and buffers the parts of an object. */
const SIZE = { vcpu: 0.5, memory: 1 }

/** Hours after which a job that hangs is ended, so that the next one runs. */
const HOURS = { copy: 20, check: 2 }

/** Objects of one bucket that an off-site run may remove at most: more than a day of WAL, less than all. */
const MOST_REMOVED = 20_000

interface BackupsArgs {
  settings: Pick<Settings, 'registry' | 'backups' | 'pools' | 'sinet' | 'region'>
  tenants: TenantFile[]
  data: Data
  storage: Storage
  files: Files
}

/** What one CronJob adds to what all share. */
interface JobArgs {
  schedule: string
  /** Name of its script, below `scripts/`. */
  script: string
  kind: keyof typeof HOURS
  env: Record<string, pulumi.Input<string>>
  /** Files of {@link SECRETS}; no job sees another's. */
  secrets: (keyof Secrets)[]
  /** Whether it works on file storage. */
  folder?: boolean
  /** Pods that share the work, each told its number. */
  workers?: number
  /** Connections to PostgreSQL that each of its pods opens at most. */
  connections?: number
  suspended?: boolean
}

interface Secrets {
  /** Password of the role that reads everything. */
  database: pulumi.Output<string>
  /** Password of the role that makes databases. */
  provisioner: pulumi.Output<string>
  /** Of Elasticsearch's snapshot user, as curl reads it. */
  snapshots: pulumi.Output<string>
  /** Remotes of rclone: one a purpose, so that a job can do with object storage what it is for. */
  'rclone-dumps': pulumi.Output<string>
  'rclone-wal': pulumi.Output<string>
  'rclone-offsite': pulumi.Output<string>
}

/**
 * Copies of what must not be lost: a dump of every institution's database, physical copies of PostgreSQL, snapshots of
 * Elasticsearch, and all of these once more at NII. Beside each job one that looks whether its copies are there and can
 * be read: it fails when they are not, and an alarm looks at when it last succeeded. WAL and base backups are made by
 * the operator's WAL-G, beside the database.
 */
export class Backups extends Component {
  readonly #namespace: pulumi.Output<string>
  readonly #args: BackupsArgs
  readonly #folder: pulumi.Output<string>
  readonly #lists: kubernetes.core.v1.ConfigMap
  readonly #scripts: kubernetes.core.v1.ConfigMap
  readonly #secrets: kubernetes.core.v1.Secret

  constructor(name: string, args: BackupsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Backups', name, options)
    const { settings, tenants, data, storage, files } = args
    this.#args = args
    const child = { parent: this }

    this.#namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name, labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      child,
    ).metadata.name
    this.#policies()

    this.#folder = fileClaim(
      this.named('files'),
      {
        volume: this.named('files'),
        claim: 'files',
        namespace: this.#namespace,
        labels: this.labels,
        handle: files.postgresql.handle,
      },
      { parent: this },
    )
    this.#lists = this.#configMap('lists', {
      databases: [
        // One that is to be purged is closed: nothing in it changes any more, and one day it is gone.
        ...tenants.filter(({ purge }) => purge === undefined).map(({ id }) => `${id} ${databaseName(id)}`),
        // No institution's name has an underscore.
        `_control ${data.database.control}`,
        `_identity ${data.identity.database}`,
        `_handle ${data.handle.database}`,
      ]
        .map((line) => `${line}\n`)
        .join(''),
      'authority.crt': data.database.authority,
    })
    this.#scripts = this.#configMap('scripts', Object.fromEntries(SCRIPT_NAMES.map((script) => [script, read(script)])))

    const { stores, keys } = storage
    const secrets: Secrets = {
      database: data.backup.password,
      provisioner: data.database.provisionerPassword,
      snapshots: pulumi.interpolate`user = "${data.elasticsearch.snapshot.user}:${data.elasticsearch.snapshot.password}"\n`,
      'rclone-dumps': rcloneConfiguration({ store: { store: stores.dumps, key: keys.dumps } }),
      'rclone-wal': rcloneConfiguration({ store: { store: stores.wal, key: keys.wal } }),
      'rclone-offsite': rcloneConfiguration({
        store: { store: stores.dumps, key: keys.offsite },
        offsite: offsiteCredentials(settings.backups.offsite, this),
      }),
    }
    this.#secrets = new kubernetes.core.v1.Secret(
      this.named('secrets'),
      { metadata: this.#metadata('secrets'), stringData: { ...secrets } },
      child,
    )

    const bucket = (of: BucketName) => stores[of].apply((store) => store.bucket)
    const database = { PGHOST: data.hosts.standbys, PGPORT: '5432', PGUSER: data.backup.user }
    const search = {
      URL: data.search.url,
      AUTHORITY: `${LISTS}/authority.crt`,
      CREDENTIALS: `${SECRETS}/snapshots`,
      REPOSITORIES: Object.values(data.elasticsearch.repositories).join(' '),
    }
    const { backups } = settings

    this.#job('dumps', {
      schedule: backups.dumps,
      kind: 'copy',
      script: 'dumps.sh',
      env: {
        ...database,
        PASSWORD_FILE: `${SECRETS}/database`,
        BUCKET: bucket('dumps'),
        WORKERS: String(settings.pools.postgresql.nodes),
      },
      secrets: ['database', 'rclone-dumps'],
      workers: settings.pools.postgresql.nodes,
      connections: CONNECTIONS.dumps,
    })
    this.#job('dumps-check', {
      schedule: '0 */6 * * *',
      kind: 'check',
      script: 'dumps-check.sh',
      env: { BUCKET: bucket('dumps') },
      secrets: ['rclone-dumps'],
    })
    this.#job('physical', {
      schedule: backups.physical,
      kind: 'copy',
      script: 'physical.sh',
      env: {
        ...database,
        PASSWORD_FILE: `${SECRETS}/database`,
        FOLDER: `${FOLDER}/${BACKUP_FOLDERS.postgresql}`,
        KEEP: String(backups.keepPhysical),
      },
      secrets: ['database'],
      folder: true,
      connections: CONNECTIONS.physical,
    })
    this.#job('physical-check', {
      schedule: '0 6 * * *',
      kind: 'check',
      script: 'physical-check.sh',
      env: { FOLDER: `${FOLDER}/${BACKUP_FOLDERS.postgresql}` },
      secrets: [],
      folder: true,
    })
    this.#job('base-check', {
      schedule: '15 */6 * * *',
      kind: 'check',
      script: 'base-check.sh',
      env: { BUCKET: bucket('wal') },
      secrets: ['rclone-wal'],
    })
    this.#job('snapshots', {
      schedule: backups.snapshots,
      kind: 'copy',
      script: 'snapshots.sh',
      env: { ...search, KEEP: String(backups.keepSnapshots) },
      secrets: ['snapshots'],
    })
    this.#job('snapshots-check', {
      schedule: '30 */6 * * *',
      kind: 'check',
      script: 'snapshots-check.sh',
      env: search,
      secrets: ['snapshots'],
    })
    this.#job('offsite', {
      schedule: backups.offsite.schedule,
      kind: 'copy',
      script: 'offsite.sh',
      env: {
        DUMPS: bucket('dumps'),
        WAL: bucket('wal'),
        SNAPSHOTS: bucket('snapshots'),
        TARGET: backups.offsite.bucket,
        // rclone counts bytes.
        BANDWIDTH: `${Math.max(1, Math.floor((backups.offsite.bandwidth * 1000) / 8))}k`,
        MOST: String(MOST_REMOVED),
      },
      secrets: ['rclone-offsite'],
    })
    // Never by the clock: an operator starts it, and says in the ConfigMap `restore` what is wanted.
    this.#job('restore', {
      schedule: '0 0 1 1 *',
      suspended: true,
      kind: 'copy',
      script: 'restore.sh',
      env: {
        ...database,
        PGHOST: data.hosts.primary,
        PGUSER: data.database.provisioner,
        PASSWORD_FILE: `${SECRETS}/provisioner`,
        CONTROL: data.database.control,
        BUCKET: bucket('dumps'),
        REQUEST: '/etc/backup/request',
      },
      secrets: ['provisioner', 'rclone-dumps'],
      connections: CONNECTIONS.restore,
    })
    this.registerOutputs({})
  }

  #metadata(suffix: string) {
    return { name: suffix, namespace: this.#namespace, labels: this.labels }
  }

  #configMap(suffix: string, data: Record<string, pulumi.Input<string>>) {
    return new kubernetes.core.v1.ConfigMap(
      this.named(suffix),
      { metadata: this.#metadata(suffix), data },
      { parent: this },
    )
  }

  /** Jobs take no requests; they reach PostgreSQL, Elasticsearch, object storage, and NII. */
  #policies() {
    const { data, settings } = this.#args
    const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
      allow(this.named(suffix), suffix, { namespace: this.#namespace, labels: this.labels, ...traffic }, this)
    policy('deny-all', {})
    policy('allow-services', {
      egress: [
        toNames,
        { to: [inNamespace(data.namespace, { application: 'spilo' })], ports: [tcp(5432)] },
        { to: [inNamespace(data.namespace, data.search.pods)], ports: [tcp(data.search.port)] },
        toPublic,
      ],
    })
    policy('allow-sinet', {
      pods: { 'app.kubernetes.io/name': 'offsite' },
      egress: [{ to: settings.sinet.networks.map((cidr) => ({ ipBlock: { cidr } })), ports: [tcp(443)] }],
    })
  }

  #job(name: string, job: JobArgs) {
    const { registry } = this.#args.settings
    const selector = { 'app.kubernetes.io/name': name }
    const labels = { ...this.labels, ...selector }
    const remote = job.secrets.find((secret) => secret.startsWith('rclone-'))
    const env = {
      DATABASES: `${LISTS}/databases`,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: `${LISTS}/authority.crt`,
      HOME: '/tmp',
      ...(remote === undefined ? {} : { RCLONE_CONFIG: `${SECRETS}/${remote}` }),
      ...job.env,
    }
    new kubernetes.batch.v1.CronJob(
      this.named(name),
      {
        metadata: { ...this.#metadata(name), labels },
        spec: {
          schedule: job.schedule,
          timeZone: 'Etc/UTC',
          suspend: job.suspended ?? false,
          concurrencyPolicy: 'Forbid',
          // A control plane that was away for an hour still starts what it missed.
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 2,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels },
            spec: {
              ...(job.workers === undefined
                ? { backoffLimit: 2 }
                : {
                    completionMode: 'Indexed',
                    completions: job.workers,
                    parallelism: job.workers,
                    backoffLimitPerIndex: 2,
                  }),
              activeDeadlineSeconds: HOURS[job.kind] * 3600,
              template: {
                metadata: {
                  labels,
                  ...(job.connections === undefined ? {} : { annotations: connects(job.connections) }),
                },
                spec: {
                  ...podOn('web', selector),
                  priorityClassName: PRIORITY.batch,
                  restartPolicy: 'Never',
                  containers: [
                    {
                      name: 'backup',
                      image: reference(registry, images.backup),
                      command: ['bash', `${SCRIPTS}/${job.script}`],
                      env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
                      resources: resources(SIZE),
                      securityContext: restrictedContainer,
                      volumeMounts: [
                        { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
                        { name: 'lists', mountPath: LISTS, readOnly: true },
                        { name: 'temporary', mountPath: '/tmp' },
                        ...(job.secrets.length > 0 ? [{ name: 'secrets', mountPath: SECRETS, readOnly: true }] : []),
                        ...(job.folder ? [{ name: 'folder', mountPath: FOLDER }] : []),
                        ...(job.suspended
                          ? [{ name: 'request', mountPath: '/etc/backup/request', readOnly: true }]
                          : []),
                      ],
                    },
                  ],
                  volumes: [
                    { name: 'scripts', configMap: { name: this.#scripts.metadata.name } },
                    { name: 'lists', configMap: { name: this.#lists.metadata.name } },
                    { name: 'temporary', emptyDir: { sizeLimit: '1Gi' } },
                    ...(job.secrets.length > 0
                      ? [
                          {
                            name: 'secrets',
                            secret: {
                              secretName: this.#secrets.metadata.name,
                              defaultMode: 0o440,
                              items: job.secrets.map((key) => ({ key, path: key })),
                            },
                          },
                        ]
                      : []),
                    ...(job.folder ? [{ name: 'folder', persistentVolumeClaim: { claimName: this.#folder } }] : []),
                    ...(job.suspended ? [{ name: 'request', configMap: { name: 'restore' } }] : []),
                  ],
                },
              },
            },
          },
        },
      },
      { parent: this },
    )
  }
}

const SCRIPT_NAMES = [
  'dumps.sh',
  'dumps-check.sh',
  'physical.sh',
  'physical-check.sh',
  'base-check.sh',
  'snapshots.sh',
  'snapshots-check.sh',
  'offsite.sh',
  'restore.sh',
]

function read(script: string): string {
  return readFileSync(join(import.meta.dirname, 'scripts', script), 'utf8')
}
