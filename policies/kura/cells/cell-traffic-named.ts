import { networking } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

const NAME = 'kubernetes.io/metadata.name'
/** Networks that are not the internet: what in them a cell may reach is said by namespace. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']
const names = (description: string) => ({ type: 'array' as const, items: { type: 'string' as const }, description })

export default stackRule(
  {
    name: 'cell-traffic-named',
    description:
      'A cell is reached from, and reaches, the namespaces that are named alone: no other cell, and no network of ours.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura cell-isolation'],
    settings: {
      from: setting(['kura-edge', 'kura-operations'], names('Namespaces whose pods may reach cells.')),
      to: setting(['kube-system', 'kura-data', 'kura-identity'], names('Namespaces that cells may reach.')),
    },
  },
  networking.v1.NetworkPolicy,
  (stack, tell, { settings }) => {
    for (const { namespace } of cellsOf(stack))
      for (const policy of within(stack, networking.v1.NetworkPolicy, namespace)) {
        const { ingress = [], egress = [] } = policy.props.spec ?? {}
        const rules = [
          ...ingress.map(({ from, ports }, index) => ({
            at: `spec.ingress[${index}]`,
            key: 'from' as const,
            peers: from,
            ports,
          })),
          ...egress.map(({ to, ports }, index) => ({
            at: `spec.egress[${index}]`,
            key: 'to' as const,
            peers: to,
            ports,
          })),
        ]
        for (const { at, key, peers = [], ports = [] } of rules) {
          // An empty list means everybody, and every port.
          if (peers.length === 0)
            tell(policy, { at: `${at}.${key}`, is: peers, write: `namespaces: ${settings[key].join(', ')}` })
          if (ports.length === 0) tell(policy, { at: `${at}.ports`, is: ports, write: 'the ports that it is for' })
          for (const [place, peer] of peers.entries()) {
            const where = `${at}.${key}[${place}]`
            if (peer.ipBlock) {
              const open = PRIVATE.filter((range) => !(peer.ipBlock?.except ?? []).includes(range))
              if (key === 'from' || open.length > 0)
                tell(policy, {
                  at: `${where}.ipBlock`,
                  is: peer.ipBlock.cidr,
                  write: key === 'from' ? 'a namespace' : `except with ${open.join(', ')}`,
                })
              continue
            }
            const name = peer.namespaceSelector?.matchLabels?.[NAME]
            if (name === undefined || !settings[key].includes(name))
              tell(policy, {
                at: `${where}.namespaceSelector`,
                is: peer.namespaceSelector,
                write: `{"matchLabels": {"${NAME}": …}} with one of ${settings[key].join(', ')}`,
              })
          }
        }
      }
  },
)
