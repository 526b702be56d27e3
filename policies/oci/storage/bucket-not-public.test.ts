import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-not-public.ts'

const bucket = (accessType?: string) => declared(objectstorage.Bucket, 'theses', { accessType })

cases(rule, {
  passes: {
    'a bucket that says nothing': bucket(),
    'a bucket without public access': bucket('NoPublicAccess'),
    'what is no bucket': declared('oci:Core/vcn:Vcn', 'net', { accessType: 'ObjectRead' }),
  },
  breaks: {
    'public reading': [bucket('ObjectRead'), 'theses: accessType is "ObjectRead"; write "NoPublicAccess".'],
    'public reading without lists': [
      bucket('ObjectReadWithoutList'),
      'theses: accessType is "ObjectReadWithoutList"; write "NoPublicAccess".',
    ],
    'a value that nobody knows yet': [
      bucket(UNKNOWN),
      'Could not be judged: theses: accessType is not known before the deployment.',
    ],
  },
})
