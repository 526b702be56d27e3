import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { deployment } from '../../../test/support/workloads.ts'
import rule from './pod-restricted-volumes.ts'

const volumes = (...sources: object[]) =>
  deployment({ volumes: sources.map((source, index) => ({ name: `volume-${index}`, ...source })) })

cases(rule, {
  passes: {
    'pods without volumes': deployment({}),
    'every type that the cluster gives': volumes(
      { configMap: { name: 'one' } },
      { csi: { driver: 'one' } },
      { downwardAPI: {} },
      { emptyDir: {} },
      { ephemeral: {} },
      { image: { reference: 'one:1' } },
      { persistentVolumeClaim: { claimName: UNKNOWN } },
      { projected: { sources: [] } },
      { secret: { secretName: 'one' } },
    ),
    'a volume without a source, which is an emptyDir': volumes({}),
    'a type that is set to nothing': volumes({ emptyDir: {}, nfs: null }),
  },
  breaks: {
    'a server of files': [
      volumes({ emptyDir: {} }, { nfs: { server: 'files.example', path: '/' } }),
      'web: spec.template.spec.volumes[1].nfs holds a volume that the pod chooses itself; write a persistentVolumeClaim, and a PersistentVolume for it.',
    ],
    'files of the machine': [volumes({ hostPath: { path: '/' } }), /volumes\[0\].hostPath/],
    'a disk that nobody knows yet': [volumes({ iscsi: UNKNOWN }), /volumes\[0\].iscsi/],
    'a type of tomorrow': [volumes({ teleport: {} }), /volumes\[0\].teleport/],
  },
})
