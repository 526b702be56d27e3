import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'

export default stackRule(
  {
    name: 'route-accepted',
    description: 'Every route names a listener of a declared Gateway, which takes routes of its namespace.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura route-service'],
  },
  [HTTPRoute, Gateway],
  (stack, tell, { each }) => {
    const labels = new Map(
      stack.of(core.v1.Namespace).map(({ props }) => [props.metadata?.name, props.metadata?.labels ?? {}]),
    )
    each(HTTPRoute, (route) => {
      const { metadata, spec } = route.props
      for (const [index, parent] of (spec.parentRefs ?? []).entries()) {
        const at = `spec.parentRefs[${index}]`
        const namespace = parent.namespace ?? metadata.namespace
        const gateway = stack
          .of(Gateway)
          .find(({ props }) => props.metadata.name === parent.name && props.metadata.namespace === namespace)
        const listeners = (gateway?.props.spec.listeners ?? []).filter(
          ({ name }) => name === (parent.sectionName ?? name),
        )
        if (listeners.length === 0)
          tell(route, {
            at,
            holds: `${namespace}/${parent.name} ${parent.sectionName ?? ''}`.trimEnd(),
            write: 'a listener of a Gateway that is declared',
          })
        else if (!listeners.some((listener) => accepts(listener, metadata.namespace, namespace)))
          tell(route, {
            at,
            holds: `a listener that takes no routes of ${metadata.namespace}`,
            write: 'another, or let its allowedRoutes match the labels of the namespace',
          })
      }
    })

    type Listener = NonNullable<(typeof Gateway)['props']>['spec']['listeners'][number]
    function accepts({ allowedRoutes }: Listener, from: string | undefined, own: string | undefined): boolean {
      const { from: which = 'Same', selector = {} } = allowedRoutes?.namespaces ?? {}
      if (which === 'All') return true
      if (which === 'Same') return from === own
      const has = labels.get(from)
      return (
        has !== undefined &&
        Object.entries(selector.matchLabels ?? {}).every(([key, value]) => has[key] === value) &&
        (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
          if (operator === 'Exists') return key in has
          if (operator === 'DoesNotExist') return !(key in has)
          const among = values.includes(has[key] ?? '')
          return operator === 'In' ? key in has && among : !(key in has && among)
        })
      )
    }
  },
)
