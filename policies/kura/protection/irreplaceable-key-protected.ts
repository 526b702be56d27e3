import { PrivateKey } from '@pulumi/tls'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'irreplaceable-key-protected',
    description: 'No deployment deletes a key that the world knows us by.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura protected'],
    settings: {
      keys: setting(['kura-identity-handle-key'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Keys that are registered elsewhere: resolvers trust the key of the Handle server for ever.',
      }),
    },
  },
  PrivateKey,
  (_props, tell, { resource, settings }) => {
    if (settings.keys.includes(resource.name) && !resource.opts.protect)
      tell({ at: 'options.protect', is: resource.opts.protect, write: 'true' })
  },
)
