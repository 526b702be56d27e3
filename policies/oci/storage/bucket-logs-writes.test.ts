import { logging, objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-logs-writes.ts'

const theses = declared(objectstorage.Bucket, 'theses', { name: 'theses-prod' })
const dumps = declared(objectstorage.Bucket, 'dumps', { name: 'dumps-prod' })
const log = (source: object = {}, inputs: object = {}, linked = [theses]) =>
  declared(
    logging.Log,
    'writes',
    {
      logType: 'SERVICE',
      isEnabled: true,
      configuration: { source: { service: 'objectstorage', category: 'write', resource: 'theses-prod', ...source } },
      ...inputs,
    },
    { linked: { configuration: linked } },
  )
const lacking =
  'theses has no log of category "write"; write an enabled logging.Log with service "objectstorage", category "write" and it as resource.'

cases(rule, {
  passes: {
    'a log of the bucket': [theses, log()],
    'a log of the bucket whose name nobody knows yet': [theses, log({ resource: UNKNOWN })],
    'a log that names the bucket in plain text': [theses, log({}, {}, [])],
    'a log that is on because nothing else is said': [theses, log({}, { isEnabled: undefined })],
    'a copy, which Object Storage alone writes': [
      theses,
      declared(objectstorage.ReplicationPolicy, 'copy', { destinationBucketName: 'theses-prod' }),
    ],
  },
  breaks: {
    'no log': [theses, lacking],
    'a log of what is read': [[theses, log({ category: 'read' })], lacking],
    'a log of another service': [[theses, log({ service: 'flowlogs' })], lacking],
    'a log that is switched off': [[theses, log({}, { isEnabled: false })], lacking],
    'a log of another bucket': [[theses, dumps, log({}, {}, [dumps])], lacking],
    'a category that nobody knows yet': [
      [theses, log({ category: UNKNOWN })],
      'Could not be judged: theses: configuration.source.category is not known before the deployment.',
    ],
  },
})
