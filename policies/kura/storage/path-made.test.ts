import { apps, batch, core } from '@pulumi/kubernetes'
import { filestorage } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './path-made.ts'

const system = declared(filestorage.FileSystem, 'system')
const asRoot = declared(filestorage.Export, 'as-root', {}, { linked: { fileSystemId: [system] } })
const around = [
  system,
  asRoot,
  object(core.v1.PersistentVolume, '/volume', {}, {}, { linked: { spec: [system] } }),
  object(core.v1.PersistentVolumeClaim, 'cell/files', { volumeName: 'volume' }),
]
const job = object(
  batch.v1.Job,
  'folders/cell',
  { template: { spec: { containers: [{ args: ['/files', '1000', 'uploads', 'exports'] }] } } },
  {},
  { linked: { spec: [asRoot] } },
)
const pods = (container: object, mount: object = {}, key = 'containers') =>
  object(apps.v1.Deployment, 'cell/web', {
    template: {
      spec: {
        volumes: [{ name: 'files', persistentVolumeClaim: { claimName: 'files' } }],
        [key]: [{ name: 'web', volumeMounts: [{ name: 'files', mountPath: '/data', ...mount }], ...container }],
      },
    },
  })
const told = (folder: string, made = 'uploads, exports', at = 'containers[0]') =>
  `web: spec.template.spec.${at} holds the folder ${folder} of /data, which no job makes; write one of ${made}, or give it to the job for folders.`

cases(rule, {
  passes: {
    'folders that are made': [...around, job, pods({ env: [{ name: 'FOLDER', value: '/data/uploads/old' }] })],
    'a folder that is mounted alone': [...around, job, pods({}, { subPath: 'exports' })],
    'the root itself': [...around, job, pods({ env: [{ name: 'FOLDER', value: '/data' }] })],
    'a name that only begins alike': [...around, job, pods({ args: ['/database/other'] })],
    'a volume of another kind': [pods({}, { subPath: 'other' })],
  },
  breaks: {
    'a folder that nothing makes': [
      [...around, job, pods({ env: [{ name: 'FOLDER', value: '/data/imports' }] })],
      told('imports'),
    ],
    'one in a command': [[...around, job, pods({ command: ['ls', '/data/imports/a'] })], told('imports')],
    'one that is mounted alone': [[...around, job, pods({}, { subPath: 'imports/a' })], told('imports')],
    'one of an init container': [
      [...around, job, pods({ args: ['/data/imports'] }, {}, 'initContainers')],
      told('imports', 'uploads, exports', 'initContainers[0]'),
    ],
    'a file system without a job': [[...around, pods({}, { subPath: 'uploads' })], told('uploads', 'none')],
  },
})
