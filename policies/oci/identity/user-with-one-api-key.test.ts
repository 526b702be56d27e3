import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './user-with-one-api-key.ts'

const user = declared(identity.User, 'backup', {})
const other = declared(identity.User, 'restore', {})
const key = (name: string, of = user) => declared(identity.ApiKey, name, {}, { linked: { userId: [of] } })

cases(rule, {
  passes: { none: user, one: [user, key('first')], 'one each': [user, other, key('first'), key('second', other)] },
  breaks: {
    two: [
      [user, key('first'), key('second')],
      'backup: API keys is ["first","second"]; write one, and delete the others.',
    ],
  },
})
