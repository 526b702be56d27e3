import { core } from '@pulumi/kubernetes'
import { filestorage } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'

export default stackRule(
  {
    name: 'cell-files-own',
    description: 'No two namespaces mount the same export of a file system, and a cell has one of its own.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura cell-isolation'],
  },
  core.v1.PersistentVolume,
  (stack, tell) => {
    const cells = cellsOf(stack).map(({ namespace }) => namespace)
    const mounted = stack.of(core.v1.PersistentVolume).flatMap((volume) =>
      stack.linked(volume, 'spec', filestorage.Export).map(({ name, urn }) => ({
        volume,
        name,
        urn,
        namespace: volume.props.spec?.claimRef?.namespace ?? '',
      })),
    )
    for (const sharing of Map.groupBy(mounted, ({ urn }) => urn).values())
      for (const { volume, name, namespace } of sharing) {
        const others = sharing.flatMap((one) => (one.namespace === namespace ? [] : [one.namespace]))
        if (others.length > 0 && [namespace, ...others].some((one) => cells.includes(one)))
          tell(volume, {
            at: 'spec.csi',
            holds: `${name}, which ${others.join(', ')} mounts too`,
            write: 'an own export',
          })
      }
  },
)
