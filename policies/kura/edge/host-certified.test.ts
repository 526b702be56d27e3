import { healthchecks } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { Certificate, HTTPRoute, Issuer } from '../kinds.ts'
import rule from './host-certified.ts'

const issuer = object(Issuer, 'edge/acme', { acme: { server: 'https://acme.example' } })
const own = object(Issuer, 'edge/own', { ca: { secretName: 'own' } })
const certificate = (by: string, ...dnsNames: string[]) =>
  object(Certificate, 'edge/door', { dnsNames, secretName: 'door', issuerRef: { name: by } })
const route = (...hostnames: unknown[]) => object(HTTPRoute, 'cell/route', { hostnames })
const monitor = (target: string, protocol = 'HTTPS') =>
  declared(healthchecks.HttpMonitor, 'check', { protocol, targets: [target] })

const write = 'write a host that a Certificate of the ACME issuer names, or add it to the dnsNames of one.'

cases(rule, {
  passes: {
    'a host that is named': [issuer, certificate('acme', 'a.example', 'b.example'), route('b.example')],
    'a host that a wildcard names': [issuer, certificate('acme', '*.kura.example'), route('a.kura.example')],
    'a host in another case': [issuer, certificate('acme', 'a.example'), route('A.example')],
    'a route for all hosts': [object(HTTPRoute, 'edge/redirect', {})],
    'a check without TLS': [monitor('a.example', 'HTTP')],
  },
  breaks: {
    'a host that nothing names': [
      [issuer, certificate('acme', 'a.example'), route('a.example', 'b.example')],
      `route: spec.hostnames[1] is "b.example"; ${write}`,
    ],
    'a host two labels below a wildcard': [
      [issuer, certificate('acme', '*.kura.example'), route('a.b.kura.example')],
      `route: spec.hostnames[0] is "a.b.kura.example"; ${write}`,
    ],
    'a certificate that nobody outside trusts': [
      [issuer, own, certificate('own', 'a.example'), route('a.example')],
      `route: spec.hostnames[0] is "a.example"; ${write}`,
    ],
    'a host that is asked from outside': [[monitor('login.example')], `check: targets[0] is "login.example"; ${write}`],
    'a host that nobody knows yet': [
      [issuer, certificate('acme', 'a.example'), route(UNKNOWN)],
      'Could not be judged: route: spec.hostnames.0 is not known before the deployment.',
    ],
  },
})
