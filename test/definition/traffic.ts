import { BlockList } from 'node:net'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import type { Labels } from './pods.ts'
import { inputsOf } from './stacks.ts'

interface Selector {
  matchLabels?: Labels
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}
export interface Peer {
  podSelector?: Selector
  namespaceSelector?: Selector
  ipBlock?: { cidr: string; except?: string[] }
}
interface Port {
  port: number
  protocol?: string
}
export interface Rule {
  from?: Peer[]
  to?: Peer[]
  ports?: Port[]
}
export interface Policy {
  metadata: { name: string; namespace: string }
  spec: { podSelector: Selector; policyTypes: string[]; ingress?: Rule[]; egress?: Rule[] }
}

/** A port of TCP, or of UDP as `53/UDP`. */
export type PortName = number | `${number}/UDP`

/** The number of a port, and its protocol. */
export function numbered(port: PortName): [number: number, protocol: string] {
  const [number, protocol = 'TCP'] = String(port).split('/')
  return [Number(number), protocol]
}

/** One end of a connection: a pod, or only an address. */
export interface End {
  name: string
  address: string
  namespace?: string
  labels?: Labels
}

/** Says what the network policies of a stack let pass, as their engine does: both ends must agree. */
export class Policies {
  readonly all: Policy[]
  readonly #namespaces: Map<string, Labels>

  constructor(evaluation: Pick<Evaluation, 'resources'>) {
    this.all = inputsOf<Policy>(evaluation, 'kubernetes:networking.k8s.io/v1:NetworkPolicy')
    this.#namespaces = new Map(
      inputsOf<{ metadata: { name: string; labels: Labels } }>(evaluation, 'kubernetes:core/v1:Namespace').map(
        ({ metadata }) => [metadata.name, metadata.labels],
      ),
    )
  }

  /** Whether a connection may be opened. */
  passes(from: End, to: End, port: number, protocol = 'TCP'): boolean {
    return this.leaves(from, to, port, protocol) && this.enters(from, to, port, protocol)
  }

  /** Whether it may leave the pod that opens it. */
  leaves(from: End, to: End, port: number, protocol = 'TCP'): boolean {
    const rules = this.#rules(from, 'Egress', ({ egress }) => egress)
    return rules?.some((rule) => this.#matches(rule.to, rule.ports, to, from, port, protocol)) ?? true
  }

  /** Whether it may enter the pod that takes it. */
  enters(from: End, to: End, port: number, protocol = 'TCP'): boolean {
    const rules = this.#rules(to, 'Ingress', ({ ingress }) => ingress)
    return rules?.some((rule) => this.#matches(rule.from, rule.ports, from, to, port, protocol)) ?? true
  }

  /** Whether a peer of a policy in `namespace` is this end. */
  isPeer({ ipBlock, namespaceSelector, podSelector }: Peer, end: End, namespace: string | undefined): boolean {
    if (ipBlock)
      return inRange(end.address, ipBlock.cidr) && !ipBlock.except?.some((range) => inRange(end.address, range))
    if (end.namespace === undefined || end.labels === undefined) return false
    const here = namespaceSelector
      ? selects(namespaceSelector, this.labelsOf(end.namespace))
      : end.namespace === namespace
    return here && (podSelector === undefined || selects(podSelector, end.labels))
  }

  /** Labels of a namespace; the last is one that Kubernetes gives to each. */
  labelsOf(namespace: string): Labels {
    return { ...this.#namespaces.get(namespace), 'kubernetes.io/metadata.name': namespace }
  }

  /** Ports that policies of a namespace name. */
  portsNamed(namespace: string): PortName[] {
    return this.all
      .filter(({ metadata }) => metadata.namespace === namespace)
      .flatMap(({ spec: { ingress = [], egress = [] } }) => [...ingress, ...egress])
      .flatMap(({ ports = [] }) =>
        ports.map(({ port, protocol }) => (protocol === 'UDP' ? (`${port}/UDP` as const) : port)),
      )
  }

  /** Whether a policy is about this end. */
  concerns({ metadata, spec }: Policy, { namespace, labels }: End): boolean {
    return metadata.namespace === namespace && labels !== undefined && selects(spec.podSelector, labels)
  }

  /** Rules for an end in one direction; none at all where no policy concerns it. */
  #rules(end: End, type: string, of: (spec: Policy['spec']) => Rule[] | undefined): Rule[] | undefined {
    const own = this.all.filter((policy) => policy.spec.policyTypes.includes(type) && this.concerns(policy, end))
    return own.length === 0 ? undefined : own.flatMap(({ spec }) => of(spec) ?? [])
  }

  #matches(peers: Peer[] | undefined, ports: Port[] | undefined, other: End, own: End, port: number, protocol: string) {
    return (
      (!peers?.length || peers.some((peer) => this.isPeer(peer, other, own.namespace))) &&
      (!ports?.length || ports.some((each) => each.port === port && (each.protocol ?? 'TCP') === protocol))
    )
  }
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator }) => {
      if (operator !== 'Exists') throw new Error(`${operator} is not understood here`)
      return key in labels
    })
  )
}

function inRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/')
  const block = new BlockList()
  block.addSubnet(network, Number(prefix))
  return block.check(address)
}

interface SecurityRule {
  direction: 'INGRESS' | 'EGRESS'
  networkSecurityGroupId: string
  protocol: string
  source?: string
  destination?: string
  tcpOptions?: { destinationPortRange: { min: number; max: number } }
  udpOptions?: { destinationPortRange: { min: number; max: number } }
}

const PROTOCOLS: Record<string, string> = { TCP: '6', UDP: '17' }

/**
 * Whether the security groups of the network let a connection pass: between two groups of interfaces, by their names,
 * or between one and what stands in its rules for all others (a range, or Oracle's name of its services).
 */
export function crosses(evaluation: Evaluation, from: string, to: string, port: number, protocol = 'TCP'): boolean {
  const rules = inputsOf<SecurityRule>(
    evaluation,
    'oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule',
  )
  const group = (name: string) =>
    evaluation.resources.find((resource) => resource.name === `kura-network-${name}-group`)?.id
  const lets = (owner: string, direction: SecurityRule['direction'], other: string) => {
    const id = group(owner)
    if (id === undefined) return true
    return rules.some((rule) => {
      const range = (rule.protocol === '6' ? rule.tcpOptions : rule.udpOptions)?.destinationPortRange
      return (
        rule.direction === direction &&
        rule.networkSecurityGroupId === id &&
        (rule.source ?? rule.destination) === (group(other) ?? other) &&
        (rule.protocol === 'all' || rule.protocol === PROTOCOLS[protocol]) &&
        (range === undefined || (range.min <= port && port <= range.max))
      )
    })
  }
  return lets(from, 'EGRESS', to) && lets(to, 'INGRESS', from)
}
