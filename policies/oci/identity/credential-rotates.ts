import { identity } from '@pulumi/oci'
import { type PropsOf, resourceRule, setting } from '../../rule/index.ts'

const DAY_MILLISECONDS = 86_400_000

export default resourceRule(
  {
    name: 'credential-rotates',
    description:
      'A credential that never ends can be exchanged without a pause: its name ends with a number or with the day it was made, so that the next one stands beside it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 1.9', 'CIS 1.10', 'CIS 1.11'],
    settings: {
      days: setting(90, { type: 'integer', minimum: 1, description: 'How old one may become that says its day.' }),
    },
  },
  [identity.CustomerSecretKey, identity.AuthToken, identity.DbCredential],
  (props, tell, { resource, settings: { days } }) => {
    const at = resource.type.endsWith(':CustomerSecretKey') ? 'displayName' : 'description'
    const name = (props as PropsOf<typeof identity.CustomerSecretKey> & PropsOf<typeof identity.AuthToken>)[at]
    const made = /\d{4}-\d{2}-\d{2}$/.exec(name)?.[0]
    if (made === undefined) {
      if (!/\d$/.test(name)) tell({ at, is: name, write: 'a name with a number, such as "key-1", or with a day' })
    } else if (Date.now() - Date.parse(made) > days * DAY_MILLISECONDS)
      tell({ at, is: name, write: `another one with today's date beside it: a credential may be ${days} days old` })
  },
)
