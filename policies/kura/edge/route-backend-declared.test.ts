import { core } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { HTTPRoute, ReferenceGrant } from '../kinds.ts'
import rule from './route-backend-declared.ts'

const service = object(core.v1.Service, 'cell/web', { ports: [{ port: 80 }, { port: 9090 }] })
const route = (...backendRefs: object[]) => object(HTTPRoute, 'cell/route', { rules: [{}, { backendRefs }] })
const elsewhere = object(HTTPRoute, 'other/route', {
  rules: [{ backendRefs: [{ name: 'web', namespace: 'cell', port: 80 }] }],
})
const grant = (from: object, to: object = { kind: 'Service' }) =>
  object(ReferenceGrant, 'cell/grant', { from: [from], to: [to] })
const closed = 'route has no leave to reach cell/web; write a ReferenceGrant in cell from HTTPRoutes of other.'

cases(rule, {
  passes: {
    'a port of a Service': [service, route({ name: 'web', port: 80 }, { name: 'web', port: 9090 })],
    'a Service of another namespace that grants it': [
      service,
      elsewhere,
      grant({ kind: 'HTTPRoute', namespace: 'other' }),
    ],
    'a backend that is no Service': route({ kind: 'Backend', name: 'web' }),
    'a route that redirects': object(HTTPRoute, 'edge/redirect', { rules: [{ filters: [] }] }),
  },
  breaks: {
    'a Service that is not declared': [
      [service, route({ name: 'web', port: 80 }, { name: 'wbe', port: 80 })],
      'route: spec.rules[1].backendRefs[1] holds the Service cell/wbe, which is not declared; write one that is.',
    ],
    'a port that it does not have': [
      [service, route({ name: 'web', port: 8080 })],
      'route: spec.rules[1].backendRefs[0].port is 8080; write a port of cell/web: 80, 9090.',
    ],
    'no port': [
      [service, route({ name: 'web' })],
      'route: spec.rules[1].backendRefs[0].port is not set; write a port of cell/web: 80, 9090.',
    ],
    'a Service of another namespace': [[service, elsewhere], closed],
    'a grant for others': [[service, elsewhere, grant({ kind: 'HTTPRoute', namespace: 'third' })], closed],
    'a grant of another Service': [
      [service, elsewhere, grant({ kind: 'HTTPRoute', namespace: 'other' }, { kind: 'Service', name: 'api' })],
      closed,
    ],
    'a name that nobody knows yet': [[service, route({ name: UNKNOWN, port: 80 })], /^Could not be judged: route/],
  },
})
