import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { HTTP_ROUTE } from '../gateways.ts'
import rule from './route-backend-granted.ts'

const route = (...backendRefs: object[]) =>
  declared(HTTP_ROUTE, 'route', { metadata: { name: 'route', namespace: 'site' }, spec: { rules: [{ backendRefs }] } })
const elsewhere = route({ name: 'web', namespace: 'cell', port: 80 })
const grant = (from: object, to: object = { kind: 'Service' }, namespace = 'cell') =>
  declared('kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant', 'grant', {
    metadata: { name: 'grant', namespace },
    spec: { from: [from], to: [to] },
  })
const site = { kind: 'HTTPRoute', namespace: 'site' }
const closed =
  'route has no leave to reach the Service cell/web; write a ReferenceGrant in cell from each HTTPRoute of site.'

cases(rule, {
  passes: {
    'a Service of its own namespace': route({ name: 'web' }, { name: 'web', namespace: 'site' }),
    'a Service of a namespace that grants it': [elsewhere, grant(site)],
    'a grant of that Service alone': [elsewhere, grant(site, { kind: 'Service', name: 'web' })],
    'a backend that is no Service': route({ kind: 'Backend', name: 'web', namespace: 'cell' }),
  },
  breaks: {
    'a Service of another namespace': [elsewhere, closed],
    'a grant for routes of another': [[elsewhere, grant({ ...site, namespace: 'third' })], closed],
    'a grant for routes of another kind': [[elsewhere, grant({ ...site, kind: 'TLSRoute' })], closed],
    'a grant of another Service': [[elsewhere, grant(site, { kind: 'Service', name: 'api' })], closed],
    'a grant of Secrets': [[elsewhere, grant(site, { kind: 'Secret' })], closed],
    'a grant in its own namespace': [[elsewhere, grant(site, { kind: 'Service' }, 'site')], closed],
    'a namespace that nobody knows yet': [route({ name: 'web', namespace: UNKNOWN }), /^Could not be judged: route/],
  },
})
