import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './file-system-snapshots.ts'

const system = (name: string, filesystemSnapshotPolicyId?: string) =>
  declared(filestorage.FileSystem, name, { filesystemSnapshotPolicyId })
const told = (name: string) =>
  `${name}: filesystemSnapshotPolicyId is not set; write the OCID of a FilesystemSnapshotPolicy.`

cases(rule, {
  passes: {
    'a file system with snapshots, of a policy that is not there yet': system('kura-files-postgresql', UNKNOWN),
    'what can be lost': system('kura-files-cell-kita'),
  },
  breaks: {
    'a file system without': [system('kura-files-postgresql'), told('kura-files-postgresql')],
    'an empty text, as providers answer for none': [system('other', ''), told('other')],
  },
})

cases(rule, {
  config: { scratch: '^tmp$' },
  passes: { 'one that is named': system('tmp') },
  breaks: { 'one that is not': [system('kura-files-cell-kita'), told('kura-files-cell-kita')] },
})
