import { filestorage } from '@pulumi/oci'
import { isSet, resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'file-system-snapshots',
    description: 'A file system that backups go to has snapshots, so that a job gone wrong cannot take all copies.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura backups'],
    settings: {
      scratch: setting('^kura-files-cell-', {
        type: 'string',
        description: 'Names of file systems that hold nothing but what can be lost: uploads and exports under way.',
      }),
    },
  },
  filestorage.FileSystem,
  (props, tell, { resource, settings }) => {
    if (!isSet(props, 'filesystemSnapshotPolicyId') && !new RegExp(settings.scratch).test(resource.name))
      tell({ at: 'filesystemSnapshotPolicyId', is: undefined, write: 'the OCID of a FilesystemSnapshotPolicy' })
  },
)
