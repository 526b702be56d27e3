import { loadbalancer } from '@pulumi/oci'
import { type Declared, isSet, type PropsOf, type Stack, stackRule } from '../../rule/index.ts'

type Condition = NonNullable<PropsOf<typeof loadbalancer.RuleSet>['items'][number]['conditions']>[number]

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
      const named = stack.linked(listener, 'ruleSetNames', loadbalancer.RuleSet).map(({ urn }) => urn)
      const sets = stack
        .of(loadbalancer.RuleSet)
        .filter(({ urn, props }) => named.includes(urn) || ruleSetNames?.includes(props.name ?? ''))
        // Another load balancer may have a rule set of the same name.
        .filter((set) => balancerOf(stack, set) === balancerOf(stack, listener))
      if (!sets.some(({ props }) => sendsOn(props)))
        tell(listener, {
          lacks: 'sslConfiguration',
          write: 'one with a certificate, or a rule set that sends requests for all paths on to https',
        })
    }),
)

/** The load balancer that something is a part of: by its URN, or by its OCID where it stands elsewhere. */
function balancerOf(stack: Stack, part: Declared<typeof loadbalancer.Listener | typeof loadbalancer.RuleSet>): string {
  return stack.linked(part, 'loadBalancerId', loadbalancer.LoadBalancer)[0]?.urn ?? part.props.loadBalancerId
}

/** Whether a rule set sends all requests on to https, whatever path they are for. */
function sendsOn({ items }: PropsOf<typeof loadbalancer.RuleSet>): boolean {
  return items.some(
    ({ action, redirectUri, conditions = [] }) =>
      action === 'REDIRECT' && redirectUri?.protocol?.toLowerCase() === 'https' && conditions.every(isEveryPath),
  )
}

function isEveryPath({ attributeName, attributeValue, operator = '' }: Condition): boolean {
  return attributeName === 'PATH' && attributeValue === '/' && /PREFIX_MATCH$/.test(operator)
}
