import { core } from '@pulumi/kubernetes'
import { filestorage } from '@pulumi/oci'
import { all, cellOf } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-files-own.ts'

const cell = all(cellOf('nishi', { yukimi: ['yukimi.example'] }))
const [one, other] = ['one', 'other'].map((name) => declared(filestorage.Export, name)) as [never, never]
const volume = (name: string, namespace: string, from: never) =>
  declared(
    core.v1.PersistentVolume,
    name,
    { spec: { claimRef: { namespace }, csi: { volumeHandle: UNKNOWN } } },
    { linked: { spec: [from] } },
  )

cases(rule, {
  passes: {
    'an export for each': [...cell, one, other, volume('a', 'kura-cell-nishi', one), volume('b', 'kura-data', other)],
    'two volumes of one namespace': [
      ...cell,
      one,
      volume('a', 'kura-cell-nishi', one),
      volume('b', 'kura-cell-nishi', one),
    ],
    'what others share': [...cell, one, volume('a', 'kura-data', one), volume('b', 'kura-backups', one)],
  },
  breaks: {
    "another namespace's files": [
      [...cell, one, volume('a', 'kura-cell-nishi', one), volume('b', 'kura-data', one)],
      'a: spec.csi holds one, which kura-data mounts too; write an own export.',
      'b: spec.csi holds one, which kura-cell-nishi mounts too; write an own export.',
    ],
  },
})
