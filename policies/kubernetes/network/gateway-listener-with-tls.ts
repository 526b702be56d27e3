import { setting, stackRule } from '../../rule/index.ts'
import { envoyOf, GATEWAYS, redirects } from '../gateways.ts'

export default stackRule(
  {
    name: 'gateway-listener-with-tls',
    description: 'What a Gateway serves to the outside, it serves by TLS.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Polaris tlsSettingsMissing'],
    settings: {
      inside: setting<string[]>([], {
        type: 'array',
        items: { type: 'string' },
        description: 'Names of the Gateways that are reached only by what has ended TLS before them.',
      }),
    },
  },
  GATEWAYS,
  (stack, tell, { each, settings }) => {
    each(GATEWAYS, (gateway) => {
      // Envoy Gateway's Services are load balancers where nothing else is said.
      const service = envoyOf(stack, gateway)?.props.spec?.provider?.kubernetes?.envoyService
      const inside = service?.type === 'ClusterIP' || settings.inside.includes(gateway.name)
      for (const [index, listener] of (gateway.props.spec?.listeners ?? []).entries()) {
        const { protocol, tls } = listener
        const at = `spec.listeners[${index}]`
        const secured = tls?.mode === 'Passthrough' || tls?.certificateRefs?.length || tls?.options
        if (['HTTPS', 'TLS'].includes(protocol) && !secured)
          tell(gateway, { at: `${at}.tls`, holds: 'no certificate', write: 'certificateRefs' })
        if (protocol === 'HTTP' && !inside && !redirects(stack, gateway, listener))
          tell(gateway, {
            at: `${at}.protocol`,
            is: protocol,
            write: '"HTTPS", or routes that only send on to it, or a Service of type ClusterIP behind what ends TLS',
          })
      }
    })
  },
)
