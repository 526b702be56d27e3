import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ISSUERS } from '../certificates.ts'
import rule from './issuer-verifies-authority.ts'

const [ISSUER, CLUSTER_ISSUER] = ISSUERS
const issuer = (acme: object, kind = ISSUER) => declared(kind ?? '', 'acme', { spec: { acme } })
const SERVER = 'https://acme.example/directory'
const told = "acme: spec.acme.skipTLSVerify is true; write caBundle with the authority's certificate instead."

cases(rule, {
  passes: {
    'an authority': issuer({ server: SERVER }),
    'an authority of the own': declared(ISSUER ?? '', 'own', { spec: { ca: { secretName: 'authority' } } }),
    'a word that nothing is left out': issuer({ server: SERVER, skipTLSVerify: false }),
  },
  breaks: {
    'an authority that nobody checks': [issuer({ server: SERVER, skipTLSVerify: true }), told],
    'the same for the whole cluster': [issuer({ server: SERVER, skipTLSVerify: true }, CLUSTER_ISSUER), told],
    'an authority without TLS': [
      issuer({ server: 'http://acme.example/directory' }),
      'acme: spec.acme.server is "http://acme.example/directory"; write an address with https.',
    ],
    'a server that nobody knows yet': [
      issuer({ server: UNKNOWN }),
      'Could not be judged: acme: spec.acme.server is not known before the deployment.',
    ],
  },
})
