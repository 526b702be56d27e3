import { identity } from '@pulumi/oci'
import { PrivateKey } from '@pulumi/tls'
import { cases, declared, secret } from '../../../test/support/rule.ts'
import rule from './key-numbered.ts'

const key = (name: string) => declared(PrivateKey, name, { privateKeyPem: secret('a private key') })
const told = (name: string) =>
  `${name}: its name holds no number; write a name that ends with a number of the settings.`

cases(rule, {
  passes: {
    'keys with numbers': [key('proxy-key-1'), declared(identity.CustomerSecretKey, 'user-key-12')],
    'a key that nobody trusts': key('kura-edge-0-placeholder-key'),
    'a key that is registered elsewhere': key('kura-identity-handle-admin'),
  },
  breaks: {
    'a key without': [key('proxy-key'), told('proxy-key')],
    'a key of object storage': [declared(identity.CustomerSecretKey, 'user-key'), told('user-key')],
    'a name that has a number elsewhere': [key('proxy-1-key'), told('proxy-1-key')],
  },
})

cases(rule, {
  config: { single: ['^root$'] },
  passes: { 'a key that is named': key('root') },
  breaks: { 'one that is not': [key('roots'), told('roots')] },
})
