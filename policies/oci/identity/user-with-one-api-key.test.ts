import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './user-with-one-api-key.ts'

const user = declared(identity.User, 'backup', {})
const other = declared(identity.User, 'restore', {})
const guest = declared(identity.DomainsUser, 'guest', {})
const domainKey = (name: string, of: typeof user) =>
  declared(identity.DomainsApiKey, name, {}, { linked: { user: [of] } })
const key = (name: string, of = user) => declared(identity.ApiKey, name, {}, { linked: { userId: [of] } })

cases(rule, {
  passes: { none: user, one: [user, key('first')], 'one each': [user, other, key('first'), key('second', other)] },
  breaks: {
    two: [
      [user, key('first'), key('second')],
      'backup: API keys is ["first","second"]; write one, and delete the others.',
    ],
    'two of a user of a domain': [
      [guest, domainKey('first', guest), domainKey('second', guest)],
      /^guest: API keys is \["first","second"\]/,
    ],
    'one of the tenancy and one of a domain': [
      [user, key('first'), domainKey('second', user)],
      /^backup: API keys is \["first","second"\]/,
    ],
  },
})
