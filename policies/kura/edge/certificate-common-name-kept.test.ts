import { dns } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { Certificate, Issuer } from '../kinds.ts'
import rule from './certificate-common-name-kept.ts'

const around = [object(Issuer, 'edge/acme', { acme: {} }), declared(dns.Zone, 'zone', { name: 'kura.example' })]
const certificate = (commonName: string | undefined, ...dnsNames: string[]) => [
  ...around,
  object(Certificate, 'edge/door', { commonName, dnsNames, issuerRef: { name: 'acme' } }),
]
/** A name of our zone with so many characters. */
const long = (length: number) => `${'a'.repeat(length - '.kura.example'.length)}.kura.example`

cases(rule, {
  passes: {
    'the zone itself': certificate('kura.example', 'kura.example', '*.kura.example'),
    "the load balancer's own name": certificate('edge-1.kura.example', 'edge-1.kura.example', 'ir.example'),
    'a name as long as may be': certificate(long(64), long(64)),
    'a certificate of our own authority': object(Certificate, 'data/redis', {
      commonName: 'redis',
      dnsNames: [],
      issuerRef: { name: 'own' },
    }),
  },
  breaks: {
    "an institution's host": [
      certificate('ir.example', 'ir.example'),
      'door: spec.commonName is "ir.example"; write a name of our own zone.',
    ],
    'none: cert-manager would take the first': [
      certificate(undefined, 'ir.example'),
      'door: spec.commonName is not set; write a name of our own zone.',
    ],
    'one that is not the first name': [
      certificate('edge-1.kura.example', 'ir.example', 'edge-1.kura.example'),
      'door: spec.commonName is "edge-1.kura.example"; write the first of dnsNames.',
    ],
    'one that is too long': [
      certificate(long(65), long(65)),
      `door: spec.commonName is "${long(65)}"; write a name of at most 64 characters.`,
    ],
    'one that nobody knows yet': [certificate(UNKNOWN), /^Could not be judged: .*spec.commonName/],
  },
})
