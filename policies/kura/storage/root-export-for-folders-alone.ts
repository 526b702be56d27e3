import { filestorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'root-export-for-folders-alone',
    description: 'Exports where root stays root are mounted by the job for folders alone, and are volumes of no pod.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura file-storage'],
    settings: {
      asRoot: setting('/as-root/', { type: 'string', description: 'How the paths of these exports begin.' }),
      namespace: setting('kura-directories', { type: 'string', description: 'The namespace of the job for folders.' }),
    },
  },
  filestorage.Export,
  (stack, tell, { settings }) => {
    for (const resource of stack.resources) {
      const { type, props, propertyDependencies } = resource
      if (!type.startsWith('kubernetes:') || props.metadata?.namespace === settings.namespace) continue
      const exports = Object.keys(propertyDependencies).flatMap((property) =>
        stack.linked({ resource }, property, filestorage.Export),
      )
      for (const { props: exported } of exports)
        if (exported.path.startsWith(settings.asRoot))
          tell(resource, {
            at: 'spec',
            holds: `the export ${exported.path}`,
            write: 'the other export of the same file system, where root is nobody',
          })
    }
  },
)
