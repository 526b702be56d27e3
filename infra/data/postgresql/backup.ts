import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { Settings } from '../../settings.ts'
import type { ObjectStore, S3Key } from '../../storage/index.ts'

export interface WalArgs {
  store: pulumi.Output<ObjectStore>
  key: S3Key
  backups: Pick<Settings['backups'], 'base' | 'keepBase'>
}

/** Where WAL and base backups of a cluster lie in their bucket. */
export function walPrefix(cluster: string, version: Settings['postgresql']['version']): string {
  return `spilo/${cluster}/wal/${version}/`
}

/**
 * What tells Spilo to archive the WAL and to make base backups, by WAL-G to object storage: environment variables,
 * since Spilo reads nothing else.
 */
export function walEnvironment(
  name: string,
  { store, key, backups }: WalArgs,
  metadata: Omit<kubernetes.types.input.meta.v1.ObjectMeta, 'name'>,
  parent: pulumi.Resource,
) {
  const secret = new kubernetes.core.v1.Secret(
    name,
    { metadata: { ...metadata, name }, stringData: { secret: key.secret } },
    { parent },
  )
  const { endpoint, region, bucket } = store
  // A list of values, not a value that is a list: before a deployment, policies see all that is known of it.
  return [
    ...Object.entries({
      WAL_S3_BUCKET: bucket,
      // The path is the cluster's name alone; Spilo would put the namespace before it.
      WAL_BUCKET_SCOPE_PREFIX: '',
      WAL_BUCKET_SCOPE_SUFFIX: '',
      AWS_ENDPOINT: endpoint,
      AWS_REGION: region,
      AWS_S3_FORCE_PATH_STYLE: 'true',
      // The bucket encrypts by its own key, and the S3 dialect has no such header.
      WALG_DISABLE_S3_SSE: 'true',
      USE_WALG_BACKUP: 'true',
      USE_WALG_RESTORE: 'true',
      BACKUP_SCHEDULE: backups.base,
      BACKUP_NUM_TO_RETAIN: String(backups.keepBase),
      // Not by the Secret, though no secret: so another key changes the pods, and the operator rolls them.
      AWS_ACCESS_KEY_ID: key.id,
    }).map(([variable, value]) => ({ name: variable, value })),
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: secret.metadata.name, key: 'secret' } } },
  ]
}
