import { objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './bucket-emits-events.ts'

const bucket = (objectEventsEnabled?: boolean | string) =>
  declared(objectstorage.Bucket, 'theses', { objectEventsEnabled })

/** The engine's mark of a truth value that is not known before the deployment. */
const UNKNOWN_BOOLEAN = '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7'

cases(rule, {
  passes: { 'a bucket that emits events': bucket(true) },
  breaks: {
    'a bucket that says nothing': [bucket(), 'theses: objectEventsEnabled is not set; write true.'],
    'a bucket that emits none': [bucket(false), 'theses: objectEventsEnabled is false; write true.'],
    'a value that nobody knows yet': [
      bucket(UNKNOWN_BOOLEAN),
      'Could not be judged: theses: objectEventsEnabled is not known before the deployment.',
    ],
  },
})
