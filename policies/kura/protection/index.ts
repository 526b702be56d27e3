import backupChecked from './backup-checked.ts'
import backupEnds from './backup-ends.ts'
import backupOfEachKind from './backup-of-each-kind.ts'
import dataProtected from './data-protected.ts'
import irreplaceableKeyProtected from './irreplaceable-key-protected.ts'
import jobWatched from './job-watched.ts'
import keyNumbered from './key-numbered.ts'
import namespaceOfDataProtected from './namespace-of-data-protected.ts'
import passwordHasGeneration from './password-has-generation.ts'
import secretHasRotator from './secret-has-rotator.ts'
import volumesOfWorkloadProtected from './volumes-of-workload-protected.ts'
import walArchived from './wal-archived.ts'

export default [
  backupChecked,
  backupEnds,
  backupOfEachKind,
  dataProtected,
  irreplaceableKeyProtected,
  jobWatched,
  keyNumbered,
  namespaceOfDataProtected,
  passwordHasGeneration,
  secretHasRotator,
  volumesOfWorkloadProtected,
  walArchived,
]
