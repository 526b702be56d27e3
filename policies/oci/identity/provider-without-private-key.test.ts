import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './provider-without-private-key.ts'

const provider = (inputs: object) => declared('pulumi:providers:oci', 'oracle', { ...inputs })
const written = 'write auth for where the program runs, or configFileProfile'

cases(rule, {
  passes: {
    'where the program runs': provider({ auth: 'ResourcePrincipal', region: 'ap-tokyo-1' }),
    'a file of keys': provider({ privateKeyPath: '/keys/oracle.pem' }),
    'another provider': declared('pulumi:providers:tls', 'tls', { privateKey: 'x' }),
  },
  breaks: {
    'a key': [
      provider({ privateKey: secret('-----BEGIN RSA PRIVATE KEY-----') }),
      `oracle: privateKey holds a private key; ${written}.`,
    ],
    'a key that nobody knows yet, and its password': [
      provider({ privateKey: UNKNOWN, privateKeyPassword: secret('kept to oneself') }),
      `oracle: privateKey holds a private key; ${written}.`,
      `oracle: privateKeyPassword holds its password; ${written}.`,
    ],
  },
})
