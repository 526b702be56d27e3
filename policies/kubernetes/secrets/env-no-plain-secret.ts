import { podRule } from '../pods.ts'
import { namesSecret, secretIn, writtenOut } from '../sensitive.ts'

export default podRule(
  {
    name: 'env-no-plain-secret',
    description: 'No password, key or token is written out as the variable of a container.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0012', 'Polaris sensitiveContainerEnvVar'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers)
      for (const [index, variable] of (container.env ?? []).entries()) {
        const { name, value = '' } = variable
        const secret = secretIn(value) ?? (namesSecret(name) && writtenOut(value) ? `the value of ${name}` : undefined)
        if (secret)
          tell({ at: `${at}.env[${index}].value`, holds: secret, write: 'it into a Secret, mounted as a file' })
      }
  },
)
