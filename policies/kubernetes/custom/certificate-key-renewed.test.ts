import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { CERTIFICATE } from '../certificates.ts'
import rule from './certificate-key-renewed.ts'

const certificate = (rotationPolicy?: string) =>
  declared(CERTIFICATE, 'site', { spec: { privateKey: { rotationPolicy } } })
const told = (is: string) => `site: spec.privateKey.rotationPolicy is ${is}; write "Always".`

cases(rule, {
  passes: { 'a new key each time': certificate('Always') },
  breaks: {
    'the same key': [certificate('Never'), told('"Never"')],
    'no word': [certificate(), told('not set')],
    'no word about the key': [declared(CERTIFICATE, 'site', { spec: {} }), told('not set')],
    'a word that nobody knows yet': [
      certificate(UNKNOWN),
      'Could not be judged: site: spec.privateKey.rotationPolicy is not known before the deployment.',
    ],
  },
})
