import { filestorage, objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import { Postgresql } from '../kinds.ts'
import rule from './data-protected.ts'

const kept = { protect: true }
const told = (name: string) => `${name}: options.protect is false; write true.`

cases(rule, {
  passes: {
    'what is protected': [
      declared(objectstorage.Bucket, 'theses', {}, kept),
      declared(Postgresql, 'cluster', {}, kept),
    ],
    'what is left where it is when a cell goes': declared(filestorage.FileSystem, 'kura-files-cell-kita'),
    'what holds no data': declared(objectstorage.ObjectLifecyclePolicy, 'lifecycle'),
  },
  breaks: {
    'a bucket': [declared(objectstorage.Bucket, 'theses'), told('theses')],
    'a database cluster': [declared(Postgresql, 'cluster'), told('cluster')],
  },
})

cases(rule, {
  config: { scratch: '^tmp-' },
  passes: { 'what is named': declared(filestorage.FileSystem, 'tmp-1') },
  breaks: {
    'what is not': [declared(filestorage.FileSystem, 'kura-files-cell-kita'), told('kura-files-cell-kita')],
  },
})
