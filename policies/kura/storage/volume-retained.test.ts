import { core, storage } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './volume-retained.ts'

const volume = (persistentVolumeReclaimPolicy?: string) =>
  object(core.v1.PersistentVolume, '/volume', { persistentVolumeReclaimPolicy })
const kind = (reclaimPolicy?: string) => declared(storage.v1.StorageClass, 'block', { reclaimPolicy })

cases(rule, {
  passes: {
    'a volume and a class': [volume('Retain'), kind('Retain')],
    'a volume that says nothing': volume(),
  },
  breaks: {
    'a volume that goes with its claim': [
      volume('Delete'),
      'volume: spec.persistentVolumeReclaimPolicy is "Delete"; write "Retain".',
    ],
    'a class whose volumes go': [kind('Delete'), 'block: reclaimPolicy is "Delete"; write "Retain".'],
    'a class that says nothing: its volumes go': [kind(), 'block: reclaimPolicy is not set; write "Retain".'],
    'what nobody knows yet': [volume(UNKNOWN), /^Could not be judged: volume: spec.persistentVolumeReclaimPolicy/],
  },
})
