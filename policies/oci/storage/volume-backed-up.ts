import { core } from '@pulumi/oci'
import { isSet, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'volume-backed-up',
    description: 'A block volume is backed up by a policy: one of its own, or that of its volume group.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_OCI_2'],
  },
  core.Volume,
  (stack, tell, { each }) => {
    const assignments = stack.of(core.VolumeBackupPolicyAssignment)
    const isAssigned = (kind: typeof core.Volume | typeof core.VolumeGroup, urn: string) =>
      assignments.some((assignment) => stack.linked(assignment, 'assetId', kind).some((asset) => asset.urn === urn))
    each(core.Volume, (volume) => {
      const groups = stack
        .of(core.VolumeGroup)
        .filter((group) =>
          ['volumeIds', 'sourceDetails'].some((property) =>
            stack.linked(group, property, core.Volume).some(({ urn }) => urn === volume.urn),
          ),
        )
      const backedUp =
        isSet(volume.props, 'backupPolicyId') ||
        isAssigned(core.Volume, volume.urn) ||
        groups.some(({ props, urn }) => isSet(props, 'backupPolicyId') || isAssigned(core.VolumeGroup, urn))
      if (!backedUp)
        tell(volume, { lacks: 'backup policy', write: 'a core.VolumeBackupPolicyAssignment of the volume' })
    })
  },
)
