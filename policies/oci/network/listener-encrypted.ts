import { loadbalancer } from '@pulumi/oci'
import { isSet, type PropsOf, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'listener-encrypted',
    description: 'A public load balancer takes HTTP over TLS alone, or sends on to where it does.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  loadbalancer.Listener,
  (stack, tell, { each }) =>
    each(loadbalancer.Listener, (listener) => {
      const { protocol, ruleSetNames } = listener.props
      if (!/^(HTTP2?|GRPC)$/i.test(protocol) || isSet(listener.props, 'sslConfiguration')) return
      const balancers = stack.linked(listener, 'loadBalancerId', loadbalancer.LoadBalancer)
      if (balancers.some(({ props }) => props.isPrivate)) return
      const named = stack.of(loadbalancer.RuleSet).filter(({ props }) => ruleSetNames?.includes(props.name ?? ''))
      const sets = [...named, ...stack.linked(listener, 'ruleSetNames', loadbalancer.RuleSet)]
      if (!sets.some(({ props }) => sendsOn(props)))
        tell(listener, {
          lacks: 'sslConfiguration',
          write: 'one with a certificate, or a rule set that sends requests on to https',
        })
    }),
)

function sendsOn({ items }: PropsOf<typeof loadbalancer.RuleSet>): boolean {
  return items.some(
    ({ action, redirectUri }) => action === 'REDIRECT' && redirectUri?.protocol?.toLowerCase() === 'https',
  )
}
