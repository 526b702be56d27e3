import { identity } from '@pulumi/oci'
import { tenancyRule } from '../tenancy.ts'

export default tenancyRule(
  {
    name: 'default-tags',
    description: 'What is made gets a tag by itself, also what nobody declares.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CIS 4.1'],
  },
  identity.TagDefault,
  (stack, tell) => {
    if (stack.of(identity.TagDefault).length === 0)
      tell({ lacks: 'default tag', write: 'an identity.TagDefault, such as the environment' })
  },
)
