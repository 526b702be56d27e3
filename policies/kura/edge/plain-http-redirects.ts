import { networking } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { ingressesOf, publicDoors } from '../doors.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'

export default stackRule(
  {
    name: 'plain-http-redirects',
    description: 'Whatever comes by plain HTTP is sent on to HTTPS.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura redirect'],
  },
  [networking.v1.Ingress, HTTPRoute],
  (stack, tell) => {
    /** Routes of the listener that a Service of the gateway leads to; Envoy Gateway calls it as the Gateway. */
    const routesAt = (namespace: string | undefined, name: string | undefined, port: number | undefined) =>
      stack
        .of(Gateway)
        .filter(({ props: { metadata } }) => metadata.name === name && metadata.namespace === namespace)
        .flatMap(({ props }) => props.spec.listeners.filter((listener) => listener.port === port))
        .flatMap((listener) =>
          stack
            .of(HTTPRoute)
            .filter(({ props: { metadata, spec } }) =>
              spec.parentRefs?.some(
                (parent) =>
                  parent.name === name &&
                  (parent.namespace ?? metadata.namespace) === namespace &&
                  (parent.sectionName ?? listener.name) === listener.name,
              ),
            ),
        )
    const redirects = ({ props }: ReturnType<typeof routesAt>[number]) =>
      (props.spec.rules ?? []).every((rule) =>
        rule.filters?.some(({ requestRedirect }) => requestRedirect?.scheme === 'https'),
      )
    for (const door of publicDoors(stack))
      for (const ingress of ingressesOf(stack, door, 'http')) {
        const { metadata, spec } = ingress.props
        const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? [])
        for (const { backend } of paths) {
          const { name, port } = backend.service ?? {}
          const routes = routesAt(metadata?.namespace, name, port?.number)
          if (routes.length === 0 || !routes.every(redirects))
            tell(ingress, {
              at: 'spec.rules',
              holds: `a way to ${name}:${port?.number ?? port?.name} by plain HTTP`,
              write: 'the port of a listener whose routes all redirect to https',
            })
        }
      }
  },
)
