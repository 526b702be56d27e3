import { identity } from '@pulumi/oci'
import { RandomPassword } from '@pulumi/random'
import { cases, declared, secret } from '../../../test/support/rule.ts'
import rule from './secret-has-rotator.ts'

const password = (name: string) => declared(RandomPassword, name, { result: secret('a password of ours') })
const told = (name: string) =>
  `${name} has no rotator; write a line of docs/rotation.md for it, and its pattern into the rotators of this rule.`

cases(rule, {
  passes: {
    "an institution's password": password('kura-passwords-kita'),
    'a key of object storage': declared(identity.CustomerSecretKey, 'kura-storage-wal-user-key-2'),
  },
  breaks: {
    'a password of a kind that nobody has thought of': [password('kura-mail-password'), told('kura-mail-password')],
    'a token, which no table has': [declared(identity.AuthToken, 'kura-token'), told('kura-token')],
  },
})

cases(rule, {
  config: { rotators: { '^mail-': 'mail.passwords' } },
  passes: { 'a password that is named': password('mail-1') },
  breaks: { 'one that is not': [password('kura-passwords-kita'), told('kura-passwords-kita')] },
})
