import { ADMINISTRATORS, grantRule, isOfAdministrators, isOfEverybody } from '../grants.ts'
import { grants, mayHold } from '../statements.ts'

const FILES = ['FILE_SYSTEM_DELETE', 'FILE_SYSTEM_DELETE_SNAPSHOT']
const MOUNTS = ['MOUNT_TARGET_DELETE']
const EXPORTS = ['EXPORT_SET_DELETE']
const BUCKETS = ['BUCKET_DELETE']
const OBJECTS = ['OBJECT_DELETE']
const VOLUMES = ['VOLUME_DELETE']
const BACKUPS = ['VOLUME_BACKUP_DELETE']
const BOOT_BACKUPS = ['BOOT_VOLUME_BACKUP_DELETE']

/** By type of resources, the permissions that delete what is stored. */
const DELETING: Record<string, string[]> = {
  'all-resources': [...BUCKETS, ...OBJECTS, ...EXPORTS, ...MOUNTS, ...FILES, ...VOLUMES, ...BACKUPS, ...BOOT_BACKUPS],
  'file-family': [...EXPORTS, ...MOUNTS, ...FILES],
  'file-systems': FILES,
  'mount-targets': MOUNTS,
  'export-sets': EXPORTS,
  'object-family': [...BUCKETS, ...OBJECTS],
  buckets: BUCKETS,
  objects: OBJECTS,
  'volume-family': [...VOLUMES, ...BACKUPS, ...BOOT_BACKUPS],
  volumes: VOLUMES,
  'volume-backups': BACKUPS,
  'boot-volume-backups': BOOT_BACKUPS,
}

export default grantRule(
  {
    name: 'policy-keeps-storage',
    description: 'Who manages storage cannot delete what is stored: deleting is a right of its own.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 1.15'],
    settings: ADMINISTRATORS,
  },
  (grant, { administrators }) => {
    const who = ['group', 'dynamic-group'].includes(grant.subject.kind) || isOfEverybody(grant)
    if (!who || !grants(grant, 'manage', Object.keys(DELETING)) || isOfAdministrators(grant, administrators))
      return undefined
    const deleting = (DELETING[grant.resource] ?? []).filter((permission) =>
      mayHold(grant.condition, { 'request.permission': permission }),
    )
    const conditions = deleting.map((permission) => `request.permission != '${permission}'`)
    return conditions.length === 0 ? undefined : `the conditions ${conditions.join(', ')}`
  },
)
