import { dns, healthchecks } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import { HTTPRoute } from '../kinds.ts'
import rule from './host-recorded.ts'

const zone = declared(dns.Zone, 'zone', { name: 'kura.example' })
const record = (domain: string, rtype = 'A') => declared(dns.Rrset, 'record', { domain, rtype })
const route = (...hostnames: string[]) => object(HTTPRoute, 'cell/route', { hostnames })
const write = 'write a host that the zone has a record for, or declare one.'

cases(rule, {
  passes: {
    'a host with a record': [zone, record('a.kura.example'), route('a.kura.example')],
    'a host below a wildcard, at any depth': [zone, record('*.kura.example'), route('a.b.kura.example')],
    "a host outside our zone, which its institution's zone knows": [zone, route('ir.example', 'otherkura.example')],
  },
  breaks: {
    'a host without a record': [
      [zone, record('b.kura.example'), route('ir.example', 'a.kura.example')],
      `route: spec.hostnames[1] is "a.kura.example"; ${write}`,
    ],
    'the zone itself below a wildcard': [
      [zone, record('*.kura.example'), route('kura.example')],
      `route: spec.hostnames[0] is "kura.example"; ${write}`,
    ],
    'a record that is no address': [
      [zone, record('kura.example', 'CAA'), route('kura.example')],
      `route: spec.hostnames[0] is "kura.example"; ${write}`,
    ],
    'a host that is asked from outside': [
      [zone, declared(healthchecks.HttpMonitor, 'check', { targets: ['login.kura.example'] })],
      `check: targets[0] is "login.kura.example"; ${write}`,
    ],
  },
})
