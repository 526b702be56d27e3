import { isSet } from '../../rule/index.ts'
import { podRule } from '../pods.ts'

/** Volumes that the cluster alone writes to. */
const READ_ONLY = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'] as const

export default podRule(
  {
    name: 'mount-no-writable-sub-path',
    description: 'No part of a volume is mounted where a container could have put a link to the machine in its place.',
    severity: 'medium',
    level: 'advisory',
    serves: ['C-0058'],
  },
  ({ spec, containers }, tell) => {
    const readOnly = (spec.volumes ?? []).filter((volume) => READ_ONLY.some((type) => isSet(volume, type)))
    const safe = readOnly.map(({ name }) => name)
    for (const { container, at } of containers)
      for (const [index, mount] of (container.volumeMounts ?? []).entries())
        for (const key of ['subPath', 'subPathExpr'] as const)
          if (isSet(mount, key) && !safe.includes(mount.name))
            tell({ at: `${at}.volumeMounts[${index}].${key}`, is: mount[key], write: 'a volume of its own' })
  },
)
