import { custom, stackRule } from '../../rule/index.ts'
import { ROUTES } from '../gateways.ts'
import { namespaceOf } from '../objects.ts'

interface Grant {
  metadata?: { namespace?: string }
  spec?: {
    from?: { group?: string; kind: string; namespace: string }[]
    to?: { group?: string; kind: string; name?: string }[]
  }
}

/** Leave of a namespace for routes of others; it became stable in version 1.5 of the Gateway API. */
const GRANTS = [
  custom<Grant>('kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant'),
  custom<Grant>('kubernetes:gateway.networking.k8s.io/v1:ReferenceGrant'),
]

export default stackRule(
  {
    name: 'route-backend-granted',
    description: 'A route leads to a Service of another namespace only with leave of that namespace.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score ingress-targets-service'],
  },
  ROUTES,
  (stack, tell, { each }) => {
    const grants = stack.of(GRANTS)
    const granted = (kind: string, from: string, to: string, name: string) =>
      grants.some(
        (grant) =>
          namespaceOf(grant) === to &&
          grant.props.spec?.from?.some((one) => one.kind === kind && one.namespace === from) &&
          grant.props.spec.to?.some((one) => one.kind === 'Service' && (one.name ?? name) === name),
      )
    each(ROUTES, (route) => {
      const from = namespaceOf(route)
      const [, , kind = ''] = route.resource.type.split(':')
      for (const { backendRefs = [] } of route.props.spec?.rules ?? [])
        for (const { kind: target = 'Service', name, namespace = from } of backendRefs)
          if (target === 'Service' && namespace !== from && !granted(kind, from, namespace, name))
            tell(route, {
              lacks: `leave to reach the Service ${namespace}/${name}`,
              write: `a ReferenceGrant in ${namespace} from each ${kind} of ${from}`,
            })
    })
  },
)
