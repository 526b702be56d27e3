import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { HTTPRoute, keyOf, ReferenceGrant } from '../kinds.ts'

export default stackRule(
  {
    name: 'route-backend-declared',
    description: 'Every route leads to a port of a declared Service, which its namespace lets it have.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura route-service'],
  },
  [HTTPRoute, core.v1.Service],
  (stack, tell, { each }) => {
    const ports = new Map(
      stack
        .of(core.v1.Service)
        .map(({ props: { metadata, spec } }) => [
          keyOf({ metadata: metadata ?? {} }),
          (spec?.ports ?? []).map(({ port }) => port),
        ]),
    )
    const granted = (from: string | undefined, to: string, name: string) =>
      stack
        .of(ReferenceGrant)
        .some(
          ({ props: { metadata, spec } }) =>
            metadata.namespace === to &&
            spec.from.some(({ kind, namespace }) => kind === 'HTTPRoute' && namespace === from) &&
            spec.to.some((target) => target.kind === 'Service' && (target.name ?? name) === name),
        )
    each(HTTPRoute, (route) => {
      const { metadata, spec } = route.props
      for (const [index, { backendRefs = [] }] of (spec.rules ?? []).entries())
        for (const [place, { kind = 'Service', name, namespace = metadata.namespace, port }] of backendRefs.entries()) {
          const at = `spec.rules[${index}].backendRefs[${place}]`
          const key = `${namespace}/${name}`
          const found = ports.get(key)
          if (kind !== 'Service') continue
          if (!found) tell(route, { at, holds: `the Service ${key}, which is not declared`, write: 'one that is' })
          else if (port === undefined || !found.includes(port))
            tell(route, { at: `${at}.port`, is: port, write: `a port of ${key}: ${found.join(', ')}` })
          else if (
            namespace !== undefined &&
            namespace !== metadata.namespace &&
            !granted(metadata.namespace, namespace, name)
          )
            tell(route, {
              lacks: `leave to reach ${key}`,
              write: `a ReferenceGrant in ${namespace} from HTTPRoutes of ${metadata.namespace}`,
            })
        }
    })
  },
)
