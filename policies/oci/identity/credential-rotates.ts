import { identity } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

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
  [
    identity.AuthToken,
    identity.CustomerSecretKey,
    identity.DbCredential,
    identity.SmtpCredential,
    identity.DomainsAuthToken,
    identity.DomainsCustomerSecretKey,
    identity.DomainsSmtpCredential,
    identity.DomainsUserDbCredential,
  ],
  (props, tell, { resource, settings: { days } }) => {
    const at = resource.type.endsWith('ustomerSecretKey') ? 'displayName' : 'description'
    const name = (props as { displayName?: string; description?: string })[at] ?? ''
    const made = /\d{4}-\d{2}-\d{2}$/.exec(name)?.[0]
    if (made === undefined) {
      // What a name ends with may be part of a word, such as S3.
      if (!/[-_ ]\d+$/.test(name)) tell({ at, is: name, write: 'a name with a number, such as "key-1", or with a day' })
      return
    }
    const age = (Date.now() - Date.parse(made)) / DAY_MILLISECONDS
    // Somewhere it is tomorrow already. A day that there is not has no age at all.
    if (!(age > -1 && age <= days))
      tell({ at, is: name, write: `another one with today's date beside it: a credential may be ${days} days old` })
  },
)
