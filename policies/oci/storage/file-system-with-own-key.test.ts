import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './file-system-with-own-key.ts'

const fileSystem = (inputs: object) => declared(filestorage.FileSystem, 'files', { ...inputs })

cases(rule, {
  passes: {
    'a key of your own': fileSystem({ kmsKeyId: 'ocid1.key.oc1..example' }),
    'a key that is made in the same deployment': fileSystem({ kmsKeyId: UNKNOWN }),
  },
  breaks: {
    'no key': [fileSystem({}), 'files: kmsKeyId is not set; write the OCID of a key in a vault of your own.'],
  },
})
