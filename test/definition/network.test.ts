import { beforeAll, describe, expect, test } from 'vitest'
import { overlap } from '../../infra/network/addresses.ts'
import { type CapturedResource, type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'

const RULE = 'oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule'
const CIRCUIT = 'oci:Core/virtualCircuit:VirtualCircuit'

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
})

interface Rule {
  description: string
  direction: 'INGRESS' | 'EGRESS'
  networkSecurityGroupId: string
  protocol: string
  source?: string
  sourceType?: string
  destination?: string
  destinationType?: string
  tcpOptions?: unknown
  udpOptions?: unknown
  icmpOptions?: unknown
}

describe.each(['dev', 'prod'])('the network of %s', (stack) => {
  const resources = (type: string): CapturedResource[] =>
    stacks[stack]?.resources.filter((resource) => resource.type === type) ?? []
  const inputs = <T>(type: string): T[] => resources(type).map((resource) => reveal(resource.inputs) as T)
  test('lets a connection pass at both of its ends, or at none', () => {
    const rules = inputs<Rule>(RULE)
    const half = ({ direction, networkSecurityGroupId, source, destination, ...rest }: Rule) => {
      const { sourceType, destinationType, ...what } = rest
      const [from, to] =
        direction === 'EGRESS' ? [networkSecurityGroupId, destination] : [source, networkSecurityGroupId]
      return JSON.stringify([from, to, Object.entries(what).sort()])
    }
    const between = (direction: Rule['direction']) =>
      rules
        .filter((rule) => rule.direction === direction)
        .filter(({ sourceType, destinationType }) => (sourceType ?? destinationType) === 'NETWORK_SECURITY_GROUP')
        .map(half)
        .sort()
    expect(between('INGRESS').length).toBeGreaterThan(20)
    expect(between('INGRESS')).toEqual(between('EGRESS'))
  })

  test('lets in from the internet what readers and handles need, at the load balancers alone', () => {
    const open = inputs<Rule>(RULE).filter(({ direction, source }) => direction === 'INGRESS' && source === '0.0.0.0/0')
    expect(open.map(({ description }) => description).sort()).toEqual([
      'Anyone resolves handles',
      'Anyone resolves handles by UDP',
      'Readers are sent on to HTTPS',
      'Readers reach the load balancers',
    ])
    expect(new Set(open.map(({ networkSecurityGroupId }) => networkSecurityGroupId)).size).toBe(1)
    const publicSubnets = inputs<{ displayName: string; prohibitInternetIngress: boolean }>(
      'oci:Core/subnet:Subnet',
    ).filter(({ prohibitInternetIngress }) => !prohibitInternetIngress)
    expect(publicSubnets.map(({ displayName }) => displayName)).toEqual(['kura-network-load-balancers'])
  })

  test('leaves ports open between nodes and pods alone, where network policies say which', () => {
    const wide = inputs<Rule>(RULE).filter(
      ({ tcpOptions, udpOptions, icmpOptions }) => !tcpOptions && !udpOptions && !icmpOptions,
    )
    expect([...new Set(wide.map(({ description }) => description))].sort()).toEqual([
      'Nodes reach pods',
      'Pods reach pods',
    ])
    for (const { source, destination } of wide) expect(source ?? destination).toMatch(/networksecuritygroup/)
  })

  test('says what may pass by security groups; where none is taken, by a list of the same flows', () => {
    expect(inputs('oci:Core/defaultSecurityList:DefaultSecurityList')).toMatchObject([
      { ingressSecurityRules: [], egressSecurityRules: [] },
    ])
    const lists = inputs<{ displayName: string; egressSecurityRules: { description: string; destination: string }[] }>(
      'oci:Core/securityList:SecurityList',
    )
    expect(lists).toEqual([expect.not.objectContaining({ ingressSecurityRules: expect.anything() })])
    const subnets = inputs<{ displayName: string; cidrBlock: string; securityListIds?: string[] }>(
      'oci:Core/subnet:Subnet',
    )
    const [bastion, ...others] = subnets.filter(({ securityListIds }) => securityListIds)
    expect(bastion?.displayName).toBe('kura-network-bastion')
    expect(others).toEqual([])
    const ranges = subnets.map(({ cidrBlock }) => cidrBlock)
    const taken = inputs<Rule>(RULE).filter(({ source }) => source === bastion?.cidrBlock)
    for (const { description, destination } of lists[0]?.egressSecurityRules ?? []) {
      expect(ranges).toContain(destination)
      expect(taken.map((rule) => rule.description)).toContain(description)
    }
    expect(lists[0]?.egressSecurityRules.length).toBe(taken.length)
  })

  test('gives every subnet a range of its own within the VCN, apart from Services and from SINET', () => {
    const [vcn] = inputs<{ cidrBlocks: string[] }>('oci:Core/vcn:Vcn')
    const [cluster] = inputs<{ options: { kubernetesNetworkConfig: { servicesCidr: string } } }>(
      'oci:ContainerEngine/cluster:Cluster',
    )
    const subnets = inputs<{ cidrBlock: string; dnsLabel: string }>('oci:Core/subnet:Subnet')
    const taken = [
      ...subnets.map(({ cidrBlock }) => cidrBlock),
      cluster?.options.kubernetesNetworkConfig.servicesCidr ?? '',
      ...sinetNetworks(),
    ]
    for (const [index, range] of taken.entries())
      for (const other of taken.slice(index + 1)) expect(overlap(range, other), `${range} ${other}`).toBe(false)
    for (const { cidrBlock, dnsLabel } of subnets) {
      expect(overlap(cidrBlock, vcn?.cidrBlocks[0] ?? '')).toBe(true)
      expect(dnsLabel).toMatch(/^[a-z][a-z0-9]{0,14}$/)
    }
  })

  test('has room for every pod and node of the pools, with one more node each while they are renewed', () => {
    const pools = inputs<{
      name: string
      nodeConfigDetails: { size: number; nodePoolPodNetworkOptionDetails: { maxPodsPerNode: number } }
    }>('oci:ContainerEngine/nodePool:NodePool')
    // An interface carries 31 pods and has an address of its own; Oracle keeps three of each subnet.
    const addresses = (pods: number) => pods + Math.ceil(pods / 31)
    const sum = (of: (pool: (typeof pools)[number]) => number) => pools.reduce((total, pool) => total + of(pool), 3)
    const pods = sum(
      ({ nodeConfigDetails: { size, nodePoolPodNetworkOptionDetails } }) =>
        (size + 1) * addresses(nodePoolPodNetworkOptionDetails.maxPodsPerNode),
    )
    const room = (name: string) => {
      const subnet = inputs<{ displayName: string; cidrBlock: string }>('oci:Core/subnet:Subnet').find(
        ({ displayName }) => displayName === `kura-network-${name}`,
      )
      return 2 ** (32 - Number(subnet?.cidrBlock.split('/')[1]))
    }
    expect(pods).toBeLessThanOrEqual(room('pods'))
    const web = pools.filter(({ name }) => name.endsWith('-web'))
    const data = pools.filter(({ name }) => !name.endsWith('-web'))
    const nodes = (some: typeof pools) =>
      some.reduce((total, { nodeConfigDetails }) => total + nodeConfigDetails.size + 1, 3)
    expect(nodes(web)).toBeLessThanOrEqual(room('nodes'))
    expect(nodes(data)).toBeLessThanOrEqual(room('data-nodes'))
  })

  test('logs the flows of every subnet, in the group that the archive reads', () => {
    const logs = inputs<{ logGroupId: string; configuration: { source: { service: string; resource: string } } }>(
      'oci:Logging/log:Log',
    ).filter(({ configuration }) => configuration?.source.service === 'flowlogs')
    expect(new Set(logs.map(({ configuration }) => configuration.source.resource)).size).toBe(
      resources('oci:Core/subnet:Subnet').length,
    )
    const network = resources('kura:cloud:Network')[0]
    expect(new Set(logs.map(({ logGroupId }) => logGroupId))).toEqual(new Set([network?.outputs.flowLogGroupId]))
  })

  test('reaches SINET through a gateway that is there before any circuit', () => {
    const [priv] = resources('oci:Core/routeTable:RouteTable').filter(({ name }) => name.endsWith('-private'))
    expect(priv?.dependencies.some((urn) => urn.endsWith('::kura-network-sinet-attachment'))).toBe(true)
    expect(sinetNetworks()).toEqual(['192.0.2.0/24'])
    const circuits = resources(CIRCUIT)
    expect(circuits.length).toBe(stack === 'prod' ? 2 : 1)
    for (const { inputs: given } of circuits) expect(given).toMatchObject({ type: 'PRIVATE', isBfdEnabled: true })
    const urns = circuits.map(({ urn }) => urn)
    for (const { name, dependencies } of stacks[stack]?.resources ?? [])
      for (const urn of dependencies) expect(urns, `${name} waits for a circuit`).not.toContain(urn)
  })

  /** Networks that private routes send to the gateway. */
  function sinetNetworks(): string[] {
    const [priv] = inputs<{ displayName: string; routeRules: { destination: string; networkEntityId: string }[] }>(
      'oci:Core/routeTable:RouteTable',
    ).filter(({ displayName }) => displayName.endsWith('-private'))
    return (priv?.routeRules ?? [])
      .filter(({ networkEntityId }) => networkEntityId.startsWith('ocid1.drg.'))
      .map(({ destination }) => destination)
  }
})
