import { identity } from '@pulumi/oci'
import { PrivateKey } from '@pulumi/tls'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'key-numbered',
    description:
      'Every key has a number, so that the next one is made beside it and the old one goes on until nobody uses it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura secrets-rotated'],
    settings: {
      single: setting(['^kura-edge-.*-placeholder-key$', '^kura-identity-handle-(admin|key)$'], {
        type: 'array',
        items: { type: 'string' },
        description:
          'Patterns of keys that have no successor: nobody trusts those of placeholders, and those of Handle are registered with the prefix.',
      }),
    },
  },
  [identity.CustomerSecretKey, PrivateKey],
  (_props, tell, { resource, settings }) => {
    if (!/-\d+$/.test(resource.name) && !settings.single.some((pattern) => new RegExp(pattern).test(resource.name)))
      tell({ at: 'its name', holds: 'no number', write: 'a name that ends with a number of the settings' })
  },
)
