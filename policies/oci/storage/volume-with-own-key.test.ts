import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './volume-with-own-key.ts'

const volume = (inputs: object) => declared(core.Volume, 'disk', { ...inputs })

cases(rule, {
  passes: {
    'a key of your own': volume({ kmsKeyId: 'ocid1.key.oc1..example' }),
    'a key that is made in the same deployment': volume({ kmsKeyId: UNKNOWN }),
  },
  breaks: {
    'no key': [volume({}), 'disk: kmsKeyId is not set; write the OCID of a key in a vault of your own.'],
  },
})
