import { filestorage } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'export-squashes-root',
    description: 'Root of a node is nobody in file storage, except where the job for folders comes in.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura file-storage'],
    settings: {
      asRoot: setting('/as-root/', {
        type: 'string',
        description:
          "How the paths of exports begin by which the job for folders comes in: a new file system is root's.",
      }),
    },
  },
  filestorage.Export,
  ({ path, exportOptions }, tell, { settings }) => {
    if (path.startsWith(settings.asRoot)) return
    // Without options whoever reaches the mount target is root.
    if (!exportOptions?.length)
      tell({ at: 'exportOptions', is: undefined, write: 'options with identitySquash "ROOT"' })
    for (const [index, { identitySquash }] of (exportOptions ?? []).entries())
      if (identitySquash !== 'ROOT' && identitySquash !== 'ALL')
        tell({ at: `exportOptions[${index}].identitySquash`, is: identitySquash, write: '"ROOT"' })
  },
)
