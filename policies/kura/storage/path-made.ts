import { batch, core } from '@pulumi/kubernetes'
import { filestorage } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { keyOf } from '../kinds.ts'
import { podsIn } from '../pods.ts'

export default stackRule(
  {
    name: 'path-made',
    description: 'Every folder of file storage that pods name is made by the job for folders.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura path-maker'],
  },
  [core.v1.PersistentVolumeClaim, batch.v1.Job],
  (stack, tell) => {
    /** Folders by file system: the job gets its root, their owner, and then each of them. */
    const made = new Map<string, string[]>()
    for (const job of stack.of(batch.v1.Job)) {
      const systems = stack
        .linked(job, 'spec', filestorage.Export)
        .flatMap((exported) => stack.linked(exported, 'fileSystemId', filestorage.FileSystem))
      const folders = job.props.spec?.template?.spec?.containers?.flatMap(({ args = [] }) => args.slice(2)) ?? []
      for (const { urn } of systems) made.set(urn, [...(made.get(urn) ?? []), ...folders])
    }

    const volumes = new Map(stack.of(core.v1.PersistentVolume).map((volume) => [volume.props.metadata?.name, volume]))
    const claims = new Map(
      stack.of(core.v1.PersistentVolumeClaim).map(({ props: { metadata, spec } }) => {
        const volume = volumes.get(spec?.volumeName)
        const [system] = volume ? stack.linked(volume, 'spec', filestorage.FileSystem) : []
        return [keyOf({ metadata: metadata ?? {} }), system?.urn]
      }),
    )
    for (const { resource, namespace, spec, containers } of podsIn(stack))
      for (const { name, persistentVolumeClaim } of spec.volumes ?? []) {
        const system = claims.get(`${namespace}/${persistentVolumeClaim?.claimName}`)
        if (system === undefined) continue
        for (const { container, at } of containers)
          for (const { mountPath, subPath = '' } of container.volumeMounts?.filter((mount) => mount.name === name) ??
            []) {
            const texts = [
              ...(container.env ?? []).map(({ value = '' }) => value),
              ...(container.command ?? []),
              ...(container.args ?? []),
            ]
            const named = texts
              .filter((text) => text.startsWith(`${mountPath}/`))
              .map((text) => text.slice(mountPath.length + 1))
            for (const path of [subPath, ...named]) {
              const [folder = ''] = path.split('/')
              if (folder !== '' && !made.get(system)?.includes(folder))
                tell(resource, {
                  at,
                  holds: `the folder ${folder} of ${mountPath}, which no job makes`,
                  write: `one of ${made.get(system)?.join(', ') ?? 'none'}, or give it to the job for folders`,
                })
            }
          }
      }
  },
)
