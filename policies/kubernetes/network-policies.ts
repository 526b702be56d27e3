import { isIP } from 'node:net'
import { networking, type types } from '@pulumi/kubernetes'
import type { Unwrap } from '@pulumi/pulumi'
import type { Stack } from '../rule/index.ts'
import { namespaceOf } from './objects.ts'
import { type Selector, selectsAll } from './selector.ts'

type PolicySpec = Unwrap<types.input.networking.v1.NetworkPolicySpec>
type Peer = Unwrap<types.input.networking.v1.NetworkPolicyPeer>
export type Port = Unwrap<types.input.networking.v1.NetworkPolicyPort>

export const DIRECTIONS = ['Ingress', 'Egress'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** What a network policy lets pass in one direction: from or to some peers, at some ports. */
export interface Passage {
  at: string
  direction: Direction
  peers: Peer[]
  ports: Port[]
}

/** Everything that a network policy lets pass. */
export function passages({ ingress = [], egress = [] }: PolicySpec): Passage[] {
  return [
    ...ingress.map(({ from = [], ports = [] }, index) => ({
      at: `spec.ingress[${index}]`,
      direction: 'Ingress' as const,
      peers: from,
      ports,
    })),
    ...egress.map(({ to = [], ports = [] }, index) => ({
      at: `spec.egress[${index}]`,
      direction: 'Egress' as const,
      peers: to,
      ports,
    })),
  ]
}

/**
 * Whom a passage lets pass at every port where it names nobody: with no peers, or with a range so wide that two of them
 * are everybody, whatever it leaves out. Undefined where it names somebody, or ports.
 */
export function openTo({ peers, ports }: Pick<Passage, 'peers' | 'ports'>): string | undefined {
  if (ports.length && !ports.some(isEveryPort)) return undefined
  if (peers.length === 0) return 'every address'
  const { cidr, except = [] } = peers.find(({ ipBlock }) => ipBlock && isWide(ipBlock.cidr))?.ipBlock ?? {}
  return except.length ? `${cidr} without ${except.join(', ')}` : cidr
}

/** Whether a range holds more than anybody is given: networks of IPv4 end with /8, those of IPv6 with /16. */
function isWide(cidr: string): boolean {
  const [address = '', length] = cidr.split('/')
  return length !== undefined && Number(length) < (isIP(address) === 6 ? 16 : 8)
}

function isEveryPort({ port, endPort }: Port): boolean {
  return port === undefined || port === null || (Number(port) <= 1 && endPort === 65_535)
}

/** Directions in which the pods of a policy get nothing but what policies let pass. */
export function isolates({ policyTypes = [], egress = [] }: PolicySpec): Direction[] {
  if (policyTypes.length) return DIRECTIONS.filter((direction) => policyTypes.includes(direction))
  return egress.length ? ['Ingress', 'Egress'] : ['Ingress']
}

/** What isolates pods in a namespace. */
export interface Isolation {
  namespace: string
  direction: Direction
  pods: Selector
  /** Whether it is for every pod of the namespace. */
  all: boolean
}

/** Isolations of a stack; one that names nobody isolates nothing. */
export function isolations(stack: Stack): Isolation[] {
  return stack.of(networking.v1.NetworkPolicy).flatMap((policy) => {
    const { spec } = policy.props
    if (!spec) return []
    const open = new Set(
      passages(spec)
        .filter((passage) => openTo(passage) !== undefined)
        .map(({ direction }) => direction),
    )
    const pods = spec.podSelector ?? {}
    return isolates(spec)
      .filter((direction) => !open.has(direction))
      .map((direction) => ({ namespace: namespaceOf(policy), direction, pods, all: selectsAll(pods) }))
  })
}
