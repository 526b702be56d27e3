import type { Mutations } from '../../mutant.ts'

export default {
  'boot-volume-with-own-key': (stack) => stack.add('oci:Core/bootVolume:BootVolume', 'kura-boot', {}),
  'bucket-emits-events': (stack) =>
    stack.change('kura-storage-contents', (bucket) => {
      bucket.objectEventsEnabled = false
    }),
  'bucket-ends-uploads': (stack) =>
    stack.change('kura-storage-wal-lifecycle', ({ rules }) => {
      rules[0].isEnabled = false
    }),
  'bucket-keeps-old-objects': (stack) =>
    stack.change('kura-storage-contents', (bucket) => {
      bucket.versioning = 'Disabled'
    }),
  'bucket-logs-writes': (stack) =>
    stack.change('kura-logging-bucket-contents', ({ configuration }) => {
      configuration.source.category = 'read'
    }),
  'bucket-not-public': (stack) =>
    stack.change('kura-storage-contents', (bucket) => {
      bucket.accessType = 'ObjectRead'
    }),
  'bucket-not-shared-by-link': (stack) =>
    stack.add('oci:ObjectStorage/preauthrequest:Preauthrequest', 'kura-link', {
      accessType: 'ObjectRead',
      bucket: 'kura-storage-contents-prod',
      name: 'link',
    }),
  'bucket-with-own-key': (stack) =>
    stack.change('kura-storage-contents', (bucket) => {
      bucket.kmsKeyId = ''
    }),
  'export-names-clients': {
    by: (stack) =>
      stack.change('kura-files-export-postgresql', ({ exportOptions }) => {
        exportOptions[1].source = '0.0.0.0/0'
      }),
    also: ['kura/export-to-nodes-alone'],
  },
  'export-squashes-root': (stack) =>
    stack.change('kura-files-export-postgresql', ({ exportOptions }) => {
      exportOptions[1].identitySquash = 'NONE'
    }),
  'file-system-with-own-key': (stack) =>
    stack.change('kura-files-postgresql', (fileSystem) => {
      fileSystem.kmsKeyId = ''
    }),
  'volume-backed-up': {
    by: (stack) => stack.add('oci:Core/volume:Volume', 'kura-disk', { kmsKeyId: 'ocid1.key.oc1..example' }),
    also: ['kura/data-protected'],
  },
  'volume-with-own-key': {
    by: (stack) =>
      stack.add('oci:Core/volume:Volume', 'kura-disk', { backupPolicyId: 'ocid1.volumebackuppolicy.oc1..example' }),
    also: ['kura/data-protected'],
  },
} satisfies Mutations
