import { PrivateKey } from '@pulumi/tls'
import { cases, declared, secret } from '../../../test/support/rule.ts'
import rule from './irreplaceable-key-protected.ts'

const key = (name: string, protect: boolean) =>
  declared(PrivateKey, name, { privateKeyPem: secret('a private key') }, { protect })

cases(rule, {
  passes: {
    'the key of the Handle server': key('kura-identity-handle-key', true),
    'a key that another can replace': key('kura-identity-proxy-key-1', false),
  },
  breaks: {
    'the key of the Handle server, unprotected': [
      key('kura-identity-handle-key', false),
      'kura-identity-handle-key: options.protect is false; write true.',
    ],
  },
})
