import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-secrets-encrypted.ts'

const cluster = (kmsKeyId?: string) => declared(containerengine.Cluster, 'oke', { kmsKeyId })
const none = 'oke: kmsKeyId is not set; write the id of a Key: it cannot be added to a cluster later.'

cases(rule, {
  passes: { 'a key': cluster('ocid1.key.oc1.ap-tokyo-1.example'), 'a key that nobody knows yet': cluster(UNKNOWN) },
  breaks: { 'a cluster that says nothing': [cluster(), none], 'an empty text': [cluster(''), none] },
})
