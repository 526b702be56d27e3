import bucketEndsOldVersions from './bucket-ends-old-versions.ts'
import bucketReplicated from './bucket-replicated.ts'
import contentsNeverArchived from './contents-never-archived.ts'
import exportToNodesAlone from './export-to-nodes-alone.ts'
import fileSystemSnapshots from './file-system-snapshots.ts'
import pathMade from './path-made.ts'
import retainedBucketEnds from './retained-bucket-ends.ts'
import rootExportForFoldersAlone from './root-export-for-folders-alone.ts'
import snapshotsEnd from './snapshots-end.ts'
import volumeRetained from './volume-retained.ts'

export default [
  bucketEndsOldVersions,
  bucketReplicated,
  contentsNeverArchived,
  exportToNodesAlone,
  fileSystemSnapshots,
  pathMade,
  retainedBucketEnds,
  rootExportForFoldersAlone,
  snapshotsEnd,
  volumeRetained,
]
