import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { CERTIFICATE } from '../certificates.ts'
import rule from './certificate-key-strong.ts'

const certificate = (privateKey?: object) => declared(CERTIFICATE, 'site', { spec: { privateKey } })
const told = (is: number | string, least: number) => `site: spec.privateKey.size is ${is}; write ${least} or more.`

cases(rule, {
  passes: {
    "cert-manager's own key": certificate(),
    'an RSA key': certificate({ algorithm: 'RSA', size: 2048 }),
    'an ECDSA key': certificate({ algorithm: 'ECDSA', size: 256 }),
    'an ECDSA key of the usual size': certificate({ algorithm: 'ECDSA' }),
    'an Ed25519 key, whose size is one': certificate({ algorithm: 'Ed25519', size: 1 }),
  },
  breaks: {
    'a short RSA key': [certificate({ algorithm: 'RSA', size: 1024 }), told(1024, 2048)],
    'a key too short by one': [certificate({ size: 2047 }), told(2047, 2048)],
    'a short ECDSA key': [certificate({ algorithm: 'ECDSA', size: 224 }), told(224, 256)],
    'a size that nobody knows yet': [
      certificate({ size: UNKNOWN }),
      'Could not be judged: site: spec.privateKey.size is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { rsa: 4096, ecdsa: 384 },
  passes: { 'a longer key': certificate({ size: 4096 }) },
  breaks: {
    'the usual key': [certificate(), told('not set', 4096)],
    'the usual ECDSA key': [certificate({ algorithm: 'ECDSA' }), told('not set', 384)],
  },
})
