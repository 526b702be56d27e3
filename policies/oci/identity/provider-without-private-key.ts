import type { ProviderArgs } from '@pulumi/oci'
import type { Unwrap } from '@pulumi/pulumi'
import { custom, isSet, resourceRule } from '../../rule/index.ts'

const Provider = custom<Unwrap<ProviderArgs>>('pulumi:providers:oci')

export default resourceRule(
  {
    name: 'provider-without-private-key',
    description: 'The private key by which a program deploys stands neither in it nor in its state.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CKV_OCI_1'],
  },
  Provider,
  (props, tell) => {
    for (const [key, holds] of Object.entries({ privateKey: 'a private key', privateKeyPassword: 'its password' }))
      if (isSet(props, key as keyof ProviderArgs))
        tell({ at: key, holds, write: 'auth for where the program runs, or configFileProfile' })
  },
)
