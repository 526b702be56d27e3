import { containerengine, core, dns, filestorage, objectstorage } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'
import { Postgresql, RabbitmqCluster } from '../kinds.ts'

export default resourceRule(
  {
    name: 'data-protected',
    description:
      'No deployment deletes what holds data, what data cannot be read without, or what others have written down.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura protected'],
    settings: {
      scratch: setting('^kura-files-cell-', {
        type: 'string',
        description:
          'Names of what is left where it is when a cell goes (retainOnDelete): protected, it would stop the deployment that removes the cell.',
      }),
    },
  },
  [
    objectstorage.Bucket,
    filestorage.FileSystem,
    filestorage.MountTarget,
    core.Volume,
    core.PublicIp,
    dns.Zone,
    containerengine.Cluster,
    Postgresql,
    RabbitmqCluster,
  ],
  (_props, tell, { resource, settings }) => {
    if (!resource.opts.protect && !new RegExp(settings.scratch).test(resource.name))
      tell({ at: 'options.protect', is: resource.opts.protect, write: 'true' })
  },
)
