import cellComplete from './cell-complete.ts'
import cellDrains from './cell-drains.ts'
import cellFilesOwn from './cell-files-own.ts'
import cellFitsQuota from './cell-fits-quota.ts'
import cellHasQuota from './cell-has-quota.ts'
import cellLeavesLostNode from './cell-leaves-lost-node.ts'
import cellOneRelease from './cell-one-release.ts'
import cellRestricted from './cell-restricted.ts'
import cellTrafficNamed from './cell-traffic-named.ts'
import cellWithoutRights from './cell-without-rights.ts'
import tenantBackedUp from './tenant-backed-up.ts'
import tenantFilesMounted from './tenant-files-mounted.ts'
import tenantHostOwn from './tenant-host-own.ts'
import tenantHostRouted from './tenant-host-routed.ts'
import tenantInOneCell from './tenant-in-one-cell.ts'
import tenantPasswordInItsCell from './tenant-password-in-its-cell.ts'

export default [
  cellComplete,
  cellDrains,
  cellFilesOwn,
  cellFitsQuota,
  cellHasQuota,
  cellLeavesLostNode,
  cellOneRelease,
  cellRestricted,
  cellTrafficNamed,
  cellWithoutRights,
  tenantBackedUp,
  tenantFilesMounted,
  tenantHostOwn,
  tenantHostRouted,
  tenantInOneCell,
  tenantPasswordInItsCell,
]
