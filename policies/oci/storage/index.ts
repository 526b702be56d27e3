import bootVolumeWithOwnKey from './boot-volume-with-own-key.ts'
import bucketEmitsEvents from './bucket-emits-events.ts'
import bucketEndsUploads from './bucket-ends-uploads.ts'
import bucketKeepsOldObjects from './bucket-keeps-old-objects.ts'
import bucketLogsWrites from './bucket-logs-writes.ts'
import bucketNotPublic from './bucket-not-public.ts'
import bucketNotSharedByLink from './bucket-not-shared-by-link.ts'
import bucketWithOwnKey from './bucket-with-own-key.ts'
import exportNamesClients from './export-names-clients.ts'
import exportSquashesRoot from './export-squashes-root.ts'
import fileSystemWithOwnKey from './file-system-with-own-key.ts'
import volumeBackedUp from './volume-backed-up.ts'
import volumeWithOwnKey from './volume-with-own-key.ts'

export default [
  bootVolumeWithOwnKey,
  bucketEmitsEvents,
  bucketEndsUploads,
  bucketKeepsOldObjects,
  bucketLogsWrites,
  bucketNotPublic,
  bucketNotSharedByLink,
  bucketWithOwnKey,
  exportNamesClients,
  exportSquashesRoot,
  fileSystemWithOwnKey,
  volumeBackedUp,
  volumeWithOwnKey,
]
