import { isSet } from '../../rule/index.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'secret-mounted-as-file',
    description: 'Containers read secrets from files: variables are passed on to every program and end up in logs.',
    severity: 'low',
    level: 'advisory',
    serves: ['CKV_K8S_35'],
  },
  ({ containers }, tell) => {
    const write = 'a volume of that Secret, and read its file'
    for (const { container, at } of containers) {
      for (const [index, { valueFrom }] of (container.env ?? []).entries())
        if (isSet(valueFrom, 'secretKeyRef'))
          tell({ at: `${at}.env[${index}].valueFrom.secretKeyRef`, holds: 'a secret', write })
      for (const [index, source] of (container.envFrom ?? []).entries())
        if (isSet(source, 'secretRef')) tell({ at: `${at}.envFrom[${index}].secretRef`, holds: 'secrets', write })
    }
  },
)
