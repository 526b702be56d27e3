import { batch, core } from '@pulumi/kubernetes'
import { filestorage } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './root-export-for-folders-alone.ts'

const asRoot = declared(filestorage.Export, 'as-root', { path: '/as-root/cell' })
const plain = declared(filestorage.Export, 'plain', { path: '/cell' })
const told = (name: string) =>
  `${name}: spec holds the export /as-root/cell; write the other export of the same file system, where root is nobody.`

cases(rule, {
  passes: {
    'the job for folders': [
      asRoot,
      object(batch.v1.Job, 'kura-directories/cell', {}, {}, { linked: { spec: [asRoot] } }),
    ],
    'a volume of the other export': [
      plain,
      object(core.v1.PersistentVolume, '/volume', {}, {}, { linked: { spec: [plain] } }),
    ],
  },
  breaks: {
    'a volume': [
      [asRoot, object(core.v1.PersistentVolume, '/volume', {}, {}, { linked: { spec: [asRoot] } })],
      told('volume'),
    ],
    'a pod of a cell': [[asRoot, object(core.v1.Pod, 'cell/pod', {}, {}, { linked: { spec: [asRoot] } })], told('pod')],
  },
})
