import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-with-own-key.ts'

const bucket = (inputs: object) => declared(objectstorage.Bucket, 'theses', { ...inputs })

cases(rule, {
  passes: {
    'a key of your own': bucket({ kmsKeyId: 'ocid1.key.oc1..example' }),
    'a key that is made in the same deployment': bucket({ kmsKeyId: UNKNOWN }),
  },
  breaks: {
    'no key': [bucket({}), 'theses: kmsKeyId is not set; write the OCID of a key in a vault of your own.'],
    'an empty key': [bucket({ kmsKeyId: '' }), /^theses: kmsKeyId is not set/],
  },
})
