import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './volume-backed-up.ts'

const disk = declared(core.Volume, 'disk', {})
const other = declared(core.Volume, 'other', { backupPolicyId: 'ocid1.volumebackuppolicy.oc1..example' })
const assignment = (asset: typeof disk) =>
  declared(core.VolumeBackupPolicyAssignment, 'backup', { assetId: UNKNOWN }, { linked: { assetId: [asset] } })
const group = (inputs: object = {}) =>
  declared(core.VolumeGroup, 'group', { ...inputs }, { linked: { sourceDetails: [disk] } })
const lacking = 'disk has no backup policy; write a core.VolumeBackupPolicyAssignment of the volume.'

cases(rule, {
  passes: {
    'a policy that is assigned, also before the volume is made': [disk, assignment(disk)],
    'a policy that the volume names itself': other,
    'a policy of the group': [disk, group({ backupPolicyId: UNKNOWN })],
    'a policy that is assigned to the group': [disk, group(), assignment(group())],
  },
  breaks: {
    'no policy': [disk, lacking],
    'a policy of another volume': [[disk, other, assignment(other)], lacking],
    'a group without a policy': [[disk, group()], lacking],
    'an empty policy': [declared(core.Volume, 'disk', { backupPolicyId: '' }), lacking],
  },
})
