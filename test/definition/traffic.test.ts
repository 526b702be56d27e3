import { beforeAll, describe, expect, test } from 'vitest'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import { resourceOf } from '../support/resource.ts'
import { ALLOWED, questions } from './allowed.ts'
import { API, allEnds, BALANCERS, end, endsNamed, METADATA, NODES, OUTSIDE } from './ends.ts'
import { allPods, type Labels, type Pod } from './pods.ts'
import { evaluateStacks, inputsOf, STACKS, type Stack } from './stacks.ts'
import { crosses, type End, numbered, type Peer, Policies, type Policy, type Rule } from './traffic.ts'

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
}, 60_000)

const ANYTHING = [80, 443, 5432, 6443, 8080]

/** Who must not reach whom, whatever somebody adds. */
const MUST_NOT: [from: string, to: string, ...ports: number[]][] = [
  ['kura-cell-*/*', API, 6443, 12_250],
  ['kura-cell-*/*', METADATA, 80, 443],
  ['kura-cell-*/*', 'kura-data/kura-data-postgresql', 5432, 8008],
  ['kura-cell-*/*', 'kura-identity/keycloak', 8080, 9000],
  ['kura-cell-*/*', 'kura-identity/signatures', 8080],
  ['kura-cell-*/*', 'kura-operations/*', 8080, 9090, 9115],
  ['kura-edge/envoy', 'kura-data/*', 5432, 5671, 6379, 9200],
  ['kura-edge/envoy', OUTSIDE, 443],
  ['kura-edge/envoy', 'kura-identity/keycloak', 8080],
  [OUTSIDE, 'kura-cell-*/*', 8080, 8081, 9090],
  [OUTSIDE, 'kura-identity/keycloak', 8080, 9000],
  [OUTSIDE, 'kura-data/*', 5432, 5671, 6379, 9200],
  ['kura-identity/proxy', 'kura-data/*', 5432],
  ['kura-identity/scanner', OUTSIDE, 443],
  ['kura-identity/scanner', 'kura-data/*', 5432],
  ['kura-data/kura-data-redis', OUTSIDE, 443],
  ['kura-data/kura-data-rabbitmq', OUTSIDE, 443],
  ['kura-backups/*', API, 6443],
  ['kura-operations/management-agent', API, 6443],
  ['kura-nodes/node-exporter', OUTSIDE, 443],
  ['kura-directories/*', OUTSIDE, ...ANYTHING],
  ['kura-directories/*', API, ...ANYTHING],
]

describe.each(STACKS)('the network policies of %s', (stack) => {
  const of = () => stacks[stack]
  const policies = () => new Policies(of())
  const ends = (pattern: string) => endsNamed(allEnds(of()), pattern)

  test('have an engine on every node', () => {
    const engines = allPods(of()).filter(({ name }) => name === 'kube-system/calico-node')
    expect(engines.map(({ daemon, spec }) => [daemon, spec.tolerations])).toEqual([[true, [{ operator: 'Exists' }]]])
  })

  test('deny everything in every namespace of ours that they do not allow', () => {
    const namespaces = inputsOf<{ metadata: { name: string } }>(of(), 'kubernetes:core/v1:Namespace')
    const { all } = policies()
    for (const { metadata } of namespaces)
      expect(
        all
          .filter(({ metadata: { namespace, name } }) => namespace === metadata.name && name === 'deny-all')
          .map(({ spec }) => spec),
        metadata.name,
      ).toEqual([{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }])
    const known = namespaces.map(({ metadata }) => metadata.name)
    for (const { namespace, name } of allPods(of()))
      if (namespace.startsWith('kura-')) expect(known, name).toContain(namespace)
  })

  test('let pass what is written down, and nothing else', () => {
    const lets = policies()
    const wrong = questions(lets, allEnds(of())).filter(
      ({ from, to, port, allowed }) => lets.passes(from, to, ...numbered(port)) !== allowed,
    )
    expect(wrong.map(({ from, to, port, allowed }) => `${from.name} → ${to.name} ${port}: ${allowed}`)).toEqual([])
  })

  test('let the collector read every pod that says it has metrics, at a port that it has', () => {
    const [collector] = ends('kura-operations/prometheus')
    if (!collector) throw new Error('no collector')
    const scraped = allPods(of()).filter(({ annotations }) => annotations['prometheus.io/scrape'] === 'true')
    expect(scraped.length).toBeGreaterThan(10)
    for (const pod of scraped) {
      const port = Number(pod.annotations['prometheus.io/port'])
      expect(pod.ports, pod.name).toContain(port)
      expect(policies().passes(collector, end(of(), pod), port), `${pod.name} ${port}`).toBe(true)
      // One on the nodes' own network would need a rule of the nodes' security group instead.
      expect(pod.spec.hostNetwork ?? false, pod.name).toBe(false)
    }
  })

  test('let nobody reach whom they must not', () => {
    const lets = policies()
    const reached = MUST_NOT.flatMap(([from, to, ...ports]) =>
      ends(from).flatMap((one) =>
        ends(to).flatMap((other) =>
          ports.filter((port) => lets.passes(one, other, port)).map((port) => `${one.name} → ${other.name} ${port}`),
        ),
      ),
    )
    expect(reached).toEqual([])
    for (const [from, to] of MUST_NOT)
      for (const pattern of [from, to]) expect(ends(pattern).length, pattern).toBeGreaterThan(0)
  })

  test('let no cell reach another', () => {
    const cells = ends('kura-cell-*/*')
    for (const one of cells)
      for (const other of cells)
        if (one.namespace !== other.namespace)
          for (const port of [8080, 8081, 9090, 9091])
            expect(policies().passes(one, other, port), `${one.name} → ${other.name} ${port}`).toBe(false)
    expect(new Set(cells.map(({ namespace }) => namespace)).size).toBeGreaterThan(1)
  })

  test('say nothing of pods that there are not, and agree at both ends', () => {
    const lets = policies()
    const pods = allPods(of())
      .filter(({ spec }) => !spec.hostNetwork)
      .map((pod) => end(of(), pod))
    const vain: string[] = []
    const agree = (policy: Policy, { ports }: Rule, peer: Peer, direction: 'ingress' | 'egress') => {
      const own = pods.filter((pod) => lets.concerns(policy, pod))
      const others = pods.filter((pod) => lets.isPeer(peer, pod, policy.metadata.namespace))
      const said = `${policy.metadata.namespace}/${policy.metadata.name} ${direction}`
      if (own.length === 0) vain.push(`${said}: concerns no pod`)
      if (peer.ipBlock) return
      if (others.length === 0) vain.push(`${said}: names no pod`)
      for (const { port, protocol } of ports ?? [])
        if (
          !own.some((pod) =>
            others.some((other) =>
              direction === 'egress'
                ? lets.enters(pod, other, port, protocol)
                : lets.leaves(other, pod, port, protocol),
            ),
          )
        )
          vain.push(`${said}: nobody at the other end agrees to ${port}`)
    }
    for (const policy of lets.all) {
      for (const rule of policy.spec.ingress ?? [])
        for (const peer of rule.from ?? []) agree(policy, rule, peer, 'ingress')
      for (const rule of policy.spec.egress ?? []) for (const peer of rule.to ?? []) agree(policy, rule, peer, 'egress')
    }
    expect(vain).toEqual([])
  })

  test('let somebody reach the pods of every Service, at its port', () => {
    const lets = policies()
    const everybody = [...allPods(of()).map((pod) => end(of(), pod)), ...[BALANCERS, NODES, API].flatMap(ends)]
    for (const { metadata, spec } of inputsOf<Service>(of(), 'kubernetes:core/v1:Service')) {
      const pods = allPods(of()).filter(
        ({ namespace, labels }) =>
          namespace === metadata.namespace &&
          Object.entries(spec.selector).every(([key, value]) => labels[key] === value),
      )
      expect(pods.length, metadata.name).toBeGreaterThan(0)
      // Without ports, it gives its pods names alone.
      for (const pod of pods)
        for (const port of spec.ports ?? []) {
          const number = portOf(pod, port.targetPort)
          expect(
            everybody.some((other) => lets.passes(other, end(of(), pod), number, port.protocol)),
            `${pod.name} ${number}`,
          ).toBe(true)
        }
    }
  })
})

interface Service {
  metadata: { name: string; namespace: string }
  spec: {
    type?: string
    selector: Labels
    ports?: { port: number; targetPort: string; protocol?: string; nodePort?: number }[]
  }
}

/** The number of a port that a Service names. */
function portOf(pod: Pod, name: string): number {
  const ports = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(({ ports: own = [] }) => own)
  const number = ports.find((port) => port.name === name)?.containerPort
  if (number === undefined) throw new Error(`${pod.name} has no port ${name}`)
  return number
}

describe.each(STACKS)('the security groups of %s', (stack) => {
  const of = () => stacks[stack]
  const INTERNET = '0.0.0.0/0'
  const ORACLE = 'all-nrt-services-in-oracle-services-network'
  const BOTH = ['nodes', 'data-nodes']

  test('let the load balancers reach what they stand before', () => {
    const services = inputsOf<Service>(of(), 'kubernetes:core/v1:Service')
    for (const { spec, metadata } of services.filter((each) => each.spec.type === 'LoadBalancer'))
      for (const { nodePort = 0, targetPort, protocol = 'TCP', port } of spec.ports ?? []) {
        expect(crosses(of(), INTERNET, 'load-balancers', port, protocol), metadata.name).toBe(true)
        const pod = allPods(of()).find(({ name }) => name === `${metadata.namespace}/${metadata.name}`)
        if (!pod) throw new Error(`${metadata.name} has no pods of its name`)
        for (const nodes of BOTH) {
          expect(crosses(of(), 'load-balancers', nodes, nodePort, protocol), `${metadata.name} ${protocol}`).toBe(true)
          expect(crosses(of(), 'load-balancers', nodes, 10_256)).toBe(true)
          expect(crosses(of(), nodes, 'pods', portOf(pod, targetPort), protocol), `${metadata.name} ${protocol}`).toBe(
            true,
          )
        }
      }
    for (const port of [80, 443]) expect(crosses(of(), INTERNET, 'load-balancers', port)).toBe(true)
    for (const [from, to, ...ports] of ALLOWED)
      if (from === BALANCERS)
        for (const port of ports) expect(crosses(of(), 'load-balancers', 'pods', Number(port)), String(to)).toBe(true)
  })

  test('carry what the API, kubelets, DNS and file storage need, and what pods need outside', () => {
    const needed: [from: string, to: string, port: number, protocol?: string][] = [
      ...BOTH.flatMap((nodes): [string, string, number, string?][] => [
        [nodes, 'endpoint', 6443],
        [nodes, 'endpoint', 12_250],
        ['endpoint', nodes, 10_250],
        ['pods', nodes, 10_250],
        [nodes, 'pods', 53],
        [nodes, 'pods', 53, 'UDP'],
        [nodes, ORACLE, 443],
        [nodes, INTERNET, 443],
        [nodes, 'files', 111],
        [nodes, 'files', 2048],
        [nodes, 'files', 2050],
      ]),
      ['pods', 'pods', 53, 'UDP'],
      ['pods', 'endpoint', 6443],
      ['pods', 'endpoint', 12_250],
      // Admission webhooks and APIs that add-ons and the DNS solver serve.
      ...[
        'cert-manager/cert-manager-webhook',
        'kube-system/metrics-server',
        'native-ingress-controller-system/oci-native-ingress-controller',
        'kura-edge/dns-solver',
      ]
        .flatMap((name) => allPods(of()).filter((pod) => pod.name === name))
        .flatMap(({ ports }) => ports.map((port): [string, string, number] => ['endpoint', 'pods', port])),
      ['pods', ORACLE, 443],
      ['pods', INTERNET, 443],
      // cert-manager asks the name servers of a domain itself.
      ['pods', INTERNET, 53],
      ['pods', INTERNET, 53, 'UDP'],
      ['pods', '192.0.2.0/24', 443],
      ['delivery', 'endpoint', 6443],
      ['delivery', ORACLE, 443],
      ['delivery', INTERNET, 443],
      // Debian's packages, where images are built.
      ['delivery', INTERNET, 80],
    ]
    for (const [from, to, port, protocol] of needed)
      expect(crosses(of(), from, to, port, protocol), `${from} → ${to} ${port} ${protocol ?? 'TCP'}`).toBe(true)
  })

  test('let nothing else in from outside, nor pods into nodes and file storage', () => {
    for (const port of [22, 80, 443, 6443, 8080, 10_250]) {
      for (const group of ['endpoint', 'nodes', 'data-nodes', 'pods', 'files', 'delivery'])
        expect(crosses(of(), INTERNET, group, port), `${group} ${port}`).toBe(false)
      if (port !== 10_250) expect(crosses(of(), 'pods', 'nodes', port), String(port)).toBe(false)
    }
    expect(crosses(of(), 'pods', 'files', 2049)).toBe(false)
    expect(crosses(of(), 'load-balancers', 'pods', 5432)).toBe(false)
  })
})

test('a connection passes where both ends agree, by labels, namespace, address and port', () => {
  const made = (name: string, inputs: Record<string, unknown>, kind = 'networking.k8s.io/v1:NetworkPolicy') =>
    resourceOf({ type: `kubernetes:${kind}`, name, inputs })
  const policy = (namespace: string, spec: Partial<Policy['spec']>) =>
    made(namespace, { metadata: { name: 'p', namespace }, spec: { podSelector: {}, ...spec } })
  const namespace = (name: string, labels: Labels = {}) =>
    made(name, { metadata: { name, labels } }, 'core/v1:Namespace')
  const pod = (place: string, app: string): End => ({
    name: app,
    namespace: place,
    labels: { app },
    address: '10.0.0.1',
  })
  const outside: End = { name: 'outside', address: '198.51.100.1' }
  const marked = { namespaceSelector: { matchExpressions: [{ key: 'cell', operator: 'Exists' }] } }
  const lets = new Policies({
    resources: [
      namespace('a', { cell: 'x' }),
      namespace('b'),
      policy('a', { policyTypes: ['Ingress', 'Egress'] }),
      policy('a', {
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } }],
            ports: [{ port: 1 }],
          },
          { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] },
        ],
      }),
      policy('b', {
        podSelector: { matchLabels: { app: 'two' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [marked], ports: [{ port: 1 }] }],
      }),
    ],
  })
  const [one, two, three] = [pod('a', 'one'), pod('b', 'two'), pod('b', 'three')]
  expect(lets.passes(one, two, 1)).toBe(true)
  expect(lets.passes(one, two, 1, 'UDP')).toBe(false)
  expect(lets.passes(one, two, 2)).toBe(false)
  expect(lets.passes(three, two, 1)).toBe(false)
  expect(lets.passes(one, three, 1)).toBe(true)
  expect(lets.passes(one, three, 2)).toBe(false)
  expect(lets.passes(three, one, 1)).toBe(false)
  expect(lets.passes(one, outside, 443)).toBe(true)
  expect(lets.passes(outside, two, 1)).toBe(false)
  expect(lets.passes(outside, three, 9)).toBe(true)
})
