import { networking } from '@pulumi/kubernetes'
import { core, dns } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import { Certificate, HTTPRoute, IngressClassParameters, Issuer } from '../kinds.ts'
import rule from './record-leads-to-certificate.ts'

const addresses = { main: declared(core.PublicIp, 'main-address'), login: declared(core.PublicIp, 'login-address') }
const door = (name: keyof typeof addresses, ...dnsNames: string[]) => [
  addresses[name],
  object(networking.v1.IngressClass, `/${name}`, {
    controller: 'oci.oraclecloud.com/native-ingress-controller',
    parameters: { name, namespace: 'edge' },
  }),
  object(IngressClassParameters, `edge/${name}`, {}, {}, { linked: { spec: [addresses[name]] } }),
  object(Certificate, `edge/${name}`, { dnsNames, issuerRef: { name: 'acme' } }),
]
const around = [
  object(Issuer, 'edge/acme', { acme: {} }),
  ...door('main', 'kura.example', '*.kura.example'),
  ...door('login', 'login.kura.example'),
]
const record = (name: string, domain: string, to: keyof typeof addresses) =>
  declared(dns.Rrset, name, { domain, rtype: 'A' }, { linked: { items: [addresses[to]] } })
const route = (...hostnames: string[]) => object(HTTPRoute, 'cell/route', { hostnames })

cases(rule, {
  passes: {
    'hosts at the addresses of their certificates': [
      ...around,
      record('wildcard', '*.kura.example', 'main'),
      record('own', 'login.kura.example', 'login'),
      route('a.kura.example', 'login.kura.example'),
    ],
    'a host outside our zone': [...around, record('wildcard', '*.kura.example', 'login'), route('ir.example')],
  },
  breaks: {
    'a host at the address of another certificate': [
      [...around, record('wildcard', '*.kura.example', 'login'), route('a.kura.example')],
      'wildcard: items holds the address login-address, whose certificate does not name a.kura.example; write the address of the load balancer whose certificate names a.kura.example.',
    ],
    'a record of its own that goes before the wildcard': [
      [
        ...around,
        record('wildcard', '*.kura.example', 'main'),
        record('own', 'a.kura.example', 'login'),
        route('a.kura.example'),
      ],
      /^own: items holds the address login-address/,
    ],
  },
})
