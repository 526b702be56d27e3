import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Certificate, Issuer } from '../kinds.ts'
import rule from './certificate-names-counted.ts'

const issuers = [object(Issuer, 'edge/acme', { acme: {} }), object(Issuer, 'data/own', { ca: {} })]
const certificate = (names: number, place = 'edge/door', by = 'acme') => [
  ...issuers,
  object(Certificate, place, {
    dnsNames: Array.from({ length: names }, (_, number) => `${number}.example`),
    issuerRef: { name: by },
  }),
]
const write = 'and the others into the certificate of another load balancer.'

cases(rule, {
  passes: {
    'as many names as there may be': certificate(91),
    'a certificate of our own authority': certificate(92, 'data/own', 'own'),
  },
  breaks: {
    'one name more': [certificate(92), `door: spec.dnsNames holds 92 names; write at most 91, ${write}`],
  },
})

cases(rule, {
  config: { names: 2 },
  passes: { 'two where two are allowed': certificate(2) },
  breaks: { 'a third': [certificate(3), `door: spec.dnsNames holds 3 names; write at most 2, ${write}`] },
})
