import type { Mutations } from '../../mutant.ts'

export default {
  'bucket-ends-old-versions': (stack) =>
    stack.change('kura-storage-contents-lifecycle', ({ rules }) => {
      rules[2].timeAmount = '399'
    }),
  'bucket-replicated': (stack) => {
    const logs = stack.resources.find(({ name }) => name === 'kura-storage-logs')
    stack.change('kura-storage-replica-contents-policy', (_inputs, resource) => {
      resource.propertyDependencies.bucket = [logs?.urn ?? '']
    })
  },
  'contents-never-archived': (stack) =>
    stack.change('kura-storage-replica-contents-lifecycle', ({ rules }) => {
      rules[0].action = 'ARCHIVE'
    }),
  'export-to-nodes-alone': (stack) =>
    stack.change('kura-files-export-cell-nishi', ({ exportOptions }) => {
      exportOptions[0].source = '10.0.0.0/16'
    }),
  'file-system-snapshots': (stack) =>
    stack.change('kura-files-postgresql', (system) => {
      delete system.filesystemSnapshotPolicyId
    }),
  'path-made': (stack) =>
    stack.change('kura-directories-postgresql', ({ spec }) => {
      spec.template.spec.containers[0].args.pop()
    }),
  'retained-bucket-ends': (stack) =>
    stack.change('kura-storage-dumps-lifecycle', ({ rules }) => {
      rules[2].timeAmount = '400'
    }),
  'root-export-for-folders-alone': (stack) => {
    const asRoot = stack.resources.find(({ name }) => name === 'kura-files-root-export-cell-nishi')
    stack.change('kura-cell-nishi-files-volume', (_inputs, resource) => {
      resource.propertyDependencies.spec?.push(asRoot?.urn ?? '')
    })
  },
  'snapshots-end': (stack) =>
    stack.change('kura-files-snapshots', ({ schedules }) => {
      delete schedules[1].retentionDurationInSeconds
    }),
  'volume-retained': (stack) =>
    stack.change('kura-backups-files-volume', ({ spec }) => {
      spec.persistentVolumeReclaimPolicy = 'Delete'
    }),
} satisfies Mutations
