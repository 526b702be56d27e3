import { describe, expect, test } from 'vitest'
import { POOL } from '../../infra/cluster/placement.ts'
import { connects } from '../../infra/pods.ts'
import { cellOf, made, nodePool, part, pods } from '../../test/support/declaration.ts'
import type { CapturedResource } from '../evaluate/index.ts'
import { planOf } from './plan.ts'
import { textOf } from './text.ts'

const plan = (...resources: CapturedResource[]) =>
  planOf({ stack: 'made', resources: [part('kura-part'), ...resources] })
const poolOf = (name: string, ...resources: CapturedResource[]) => {
  const found = plan(...resources).pools.find((pool) => pool.name === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

describe('a pool', () => {
  test('counts DaemonSets on every node, and other pods where they are placed', () => {
    const everywhere = { tolerations: [{ operator: 'Exists' }] }
    const { everywhere: each, steady } = poolOf(
      'web',
      nodePool('web', 3),
      nodePool('data', 2),
      pods('agent', { kind: 'DaemonSet', cpu: '200m', memory: '1Gi', pod: everywhere }),
      pods('only-web', { kind: 'DaemonSet' }),
      pods('app', { replicas: 4, cpu: '500m', memory: '2Gi' }),
      pods('other', { replicas: 2, pool: 'data' }),
    )
    expect(each).toEqual({ cpu: 300, memory: 1024 + 128, pods: 2 })
    expect(steady.used).toEqual({ cpu: 3 * 300 + 4 * 500, memory: 3 * 1152 + 4 * 2048, pods: 6 + 4 })
    const data = poolOf('data', nodePool('data', 2), pods('agent', { kind: 'DaemonSet', pod: everywhere }))
    expect(data.steady.used.pods).toBe(2)
  })

  test('names the workload that does not fit, and what is short', () => {
    const { problems } = plan(nodePool('web', 2), pods('large', { replicas: 3, cpu: '2500m' }))
    expect(problems).toEqual([
      'pool web, as declared: 1 of apps/large has no place; short of 1.185 vCPU for one pod on the emptiest node',
    ])
  })

  test('must still hold everything when one node is gone, and says if it does not', () => {
    const { problems } = plan(nodePool('web', 2), pods('two', { replicas: 2, memory: '10Gi' }))
    expect(problems).toEqual([
      'pool web, one node gone (1 of 2): 1 of apps/two has no place; short of 7029 MiB of memory for one pod on the emptiest node',
    ])
  })

  test('lets a database that is one on each node of its own pool stay away with its node', () => {
    const database = pods('database', { kind: 'StatefulSet', replicas: 3, pool: 'data', memory: '10Gi' })
    const { short, steady, enough } = poolOf('data', nodePool('data', 3), database)
    expect(short).toMatchObject({ nodes: 2, away: ['apps/database'], unplaced: [] })
    expect(steady.used.pods).toBe(3)
    expect(enough).toBe(3)
    // One more than there are nodes has nowhere to be in the first place.
    expect(plan(nodePool('data', 2), database).problems).toHaveLength(1)
  })

  test('lets pods that must not share a node stay away, on any pool, only if there is one on each', () => {
    const apart = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
        },
      },
    }
    expect(poolOf('web', nodePool('web', 3), pods('one-each', { replicas: 3, pod: apart })).short.away).toEqual([
      'apps/one-each',
    ])
    expect(poolOf('web', nodePool('web', 3), pods('two', { replicas: 2, pod: apart })).short.away).toEqual([])
    expect(plan(nodePool('web', 3), pods('four', { replicas: 4, pod: apart })).problems[0]).toContain(
      'short of a node that holds none of its pods yet',
    )
  })

  test('has room for every Deployment rolling at once, or says so', () => {
    const rolling = (most: number | string) => ({ strategy: { rollingUpdate: { maxSurge: most } } })
    const app = (most: number | string) => pods('app', { replicas: 3, memory: '6Gi', spec: rolling(most) })
    expect(poolOf('web', nodePool('web', 3), app('25%')).rolling.used.pods).toBe(4)
    expect(plan(nodePool('web', 3), app(4)).problems).toEqual([
      expect.stringContaining('pool web, everything rolling: 1 of apps/app'),
    ])
    const recreated = pods('app', { spec: { strategy: { type: 'Recreate' } } })
    expect(poolOf('web', nodePool('web', 3), recreated).rolling.used.pods).toBe(1)
  })

  test('counts as many pods as an autoscaler may make, and jobs all at once', () => {
    const scaler = made('kubernetes:autoscaling/v2:HorizontalPodAutoscaler', 'kura-part-scaler', {
      metadata: { name: 'app', namespace: 'apps' },
      spec: { maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'app' } },
    })
    const container = { name: 'dump', resources: { requests: { cpu: '1', memory: '1Gi' } } }
    const template = { spec: { nodeSelector: { [POOL]: 'web' }, containers: [container] } }
    const job = made('kubernetes:batch/v1:CronJob', 'kura-part-job', {
      metadata: { name: 'dump', namespace: 'apps' },
      spec: { jobTemplate: { spec: { parallelism: 2, template } } },
    })
    expect(poolOf('web', nodePool('web', 4), pods('app'), scaler, job).steady.used.pods).toBe(5 + 2)
  })

  test('counts pods that a chart or an operator makes, as their part tells them', () => {
    const told = part('kura-operators', [
      {
        name: 'agent',
        namespace: 'system',
        kind: 'DaemonSet',
        pool: 'every',
        vcpu: 0.1,
        memory: 0.5,
        hostNetwork: true,
      },
      {
        name: 'search',
        namespace: 'data',
        kind: 'StatefulSet',
        pool: 'rabbitmq',
        replicas: 2,
        vcpu: 1,
        memory: 4,
        volume: 50,
      },
    ])
    const { pools, storage } = plan(nodePool('web', 2), nodePool('rabbitmq', 2), told)
    expect(pools.map(({ name, steady }) => [name, steady.used])).toEqual([
      ['web', { cpu: 200, memory: 1024, pods: 2 }],
      ['rabbitmq', { cpu: 2200, memory: 9216, pods: 4 }],
    ])
    expect(pools.map(({ addresses }) => addresses)).toEqual([
      { used: 0, held: 62 },
      { used: 2, held: 62 },
    ])
    expect(storage.blockVolumes).toEqual([{ name: 'data/search', part: 'kura-operators', count: 2, each: 50 }])
  })

  test('keeps for a pod what its containers ask for together, or an init container before them', () => {
    const asks = (cpu: string, restartPolicy?: string) => ({ restartPolicy, resources: { requests: { cpu } } })
    const used = (pod: object) => poolOf('web', nodePool('web', 1), pods('app', { pod: { ...pod } })).steady.used.cpu
    expect(used({ containers: [asks('100m'), asks('50m')] })).toBe(150)
    expect(used({ containers: [asks('100m')], initContainers: [asks('400m'), asks('300m')] })).toBe(400)
    expect(used({ containers: [asks('100m')], initContainers: [asks('40m', 'Always'), asks('80m')] })).toBe(140)
    expect(used({ containers: [{ resources: { limits: { cpu: '70m' } } }] })).toBe(70)
  })

  test('that DaemonSets alone overfill is named with them', () => {
    const { problems } = plan(nodePool('web', 1), pods('agent', { kind: 'DaemonSet', memory: '14Gi' }))
    expect(problems[0]).toMatch(
      /^pool web, as declared: 1 of the DaemonSets apps\/agent has no place; short of \d+ MiB/,
    )
  })

  test('that is asked for and not declared is an error', () => {
    expect(plan(nodePool('web', 1), pods('lost', { pool: 'moon' })).problems).toEqual([
      'apps/lost asks for nodes of the pool moon, which is not declared',
    ])
  })

  test('is named by every pod, which tolerates its taint and says what it asks for', () => {
    const said = { requests: { cpu: '1', memory: '1Gi' } }
    const vague = (pod: Record<string, unknown>) =>
      plan(nodePool('data', 2), nodePool('web', 2), pods('vague', { pod })).problems
    expect(vague({ nodeSelector: {} })).toEqual(['apps/vague (Deployment) lacks a node pool'])
    expect(vague({ nodeSelector: { [POOL]: 'data' } })).toEqual([
      'apps/vague (Deployment) lacks a toleration of the pool data',
    ])
    expect(
      vague({
        containers: [{ name: 'main', resources: { requests: { cpu: '1' } } }],
        initContainers: [
          { name: 'first', resources: said },
          { name: 'beside', restartPolicy: 'Always' },
        ],
      }),
    ).toEqual([
      'apps/vague (Deployment) lacks a request of cpu for the container beside, a request of memory for the container beside, a request of memory for the container main',
    ])
  })
})

test("addresses that nodes hold ready are held against the pods' subnet", () => {
  const subnet = (cidrBlock: string) => made('oci:Core/subnet:Subnet', 'kura-part-pods', { cidrBlock })
  expect(plan(nodePool('web', 4), subnet('10.0.0.0/24'))).toMatchObject({
    podAddresses: { held: 155, all: 253 },
    problems: [],
  })
  expect(plan(nodePool('web', 4), subnet('10.0.0.0/25')).problems).toEqual([
    "the pods' subnet has 125 addresses, and nodes hold 155 ready while pools are renewed",
  ])
})

test('alike workloads of all cells that find no place are one sentence', () => {
  const cells = ['kita', 'minami', 'nishi'].map((cell) =>
    pods('web', { namespace: `kura-cell-${cell}`, replicas: 2, cpu: '2' }),
  )
  expect(plan(nodePool('web', 3), ...cells).problems).toEqual([
    'pool web, as declared: 3 of kura-cell-minami/web and 1 alike have no place; short of 0.185 vCPU for one pod on the emptiest node',
  ])
})

test('a load balancer is counted once, whether Oracle or the cluster is told of it', () => {
  const ingress = (name: string, annotations: Record<string, string>) =>
    made('kubernetes:networking.k8s.io/v1:IngressClass', `kura-part-${name}`, {
      metadata: { name, annotations },
      spec: { controller: 'oci.oraclecloud.com/native-ingress-controller', parameters: { name: 'wide' } },
    })
  const { edge } = plan(
    made('oci:LoadBalancer/loadBalancer:LoadBalancer', 'kura-part-own', {
      displayName: 'own',
      shapeDetails: { minimumBandwidthInMbps: 100 },
    }),
    made('kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters', 'kura-part-wide', {
      metadata: { name: 'wide' },
      spec: { minBandwidthMbps: 10 },
    }),
    ingress('for-own', { 'oci-native-ingress.oraclecloud.com/id': 'ocid1.loadbalancer' }),
    ingress('new', {}),
  )
  expect(edge.balancers).toEqual([
    { name: 'own', kind: 'load balancer', mbps: 100 },
    { name: 'new', kind: 'load balancer', mbps: 10 },
  ])
})

describe('connections', () => {
  const pgpool = (children: number) => [
    pods('pgpool', { replicas: 2, pool: 'pgpool' }),
    made('kubernetes:core/v1:ConfigMap', 'kura-part-pgpool', {
      metadata: { name: 'pgpool', namespace: 'apps' },
      data: { 'pgpool.conf': `num_init_children = ${children}\nreserved_connections = 1\n` },
    }),
  ]
  const postgresql = (max: number, memory = '2Gi') =>
    made('kubernetes:acid.zalan.do/v1:postgresql', 'kura-part-postgresql', {
      spec: {
        postgresql: { parameters: { max_connections: String(max), shared_buffers: '512MB' } },
        resources: { limits: { memory } },
      },
    })
  const web = pods('web', {
    namespace: 'kura-cell-kita',
    replicas: 2,
    spec: { strategy: { rollingUpdate: { maxSurge: 1 } } },
  })
  const cell = cellOf('kita', 8, { aozora: 50 })
  const rest = [nodePool('web', 4), nodePool('pgpool', 2), cell, web]

  test('are those of all processes while they roll, and of what says that it connects', () => {
    const keycloak = pods('keycloak', {
      replicas: 2,
      annotations: connects(10),
      spec: { strategy: { rollingUpdate: { maxSurge: 1 } } },
    })
    const { connections, problems } = plan(...rest, keycloak, ...pgpool(101), postgresql(300))
    expect(connections).toMatchObject({
      // Two that serve, one that comes and one that drains.
      cells: { cells: 1, processes: 4, each: 8, connections: 32 },
      others: [{ name: 'apps/keycloak', pods: 4, connections: 40 }],
      used: 72,
      // What goes past it takes none of its connections.
      pgpool: { pods: 2, each: 100, free: 168, freeShort: 68 },
      postgresql: { max: 300, free: 228, memory: 2048, buffers: 512, connections: 720 },
    })
    expect(problems).toEqual([])
  })

  test('that do not fit one pgpool-II, PostgreSQL or its memory are errors', () => {
    expect(plan(...rest, ...pgpool(21), postgresql(30, '700Mi')).problems).toEqual([
      'pgpool-II: 32 connections; 12 too many when one of 2 is gone',
      'PostgreSQL: 32 connections; max_connections is 30',
      'PostgreSQL: 32 connections and the shared buffers take 832 MiB; an instance has 700',
    ])
  })
})

describe('Elasticsearch', () => {
  const cluster = (options: string) =>
    pods('elasticsearch', {
      kind: 'StatefulSet',
      pool: 'elasticsearch',
      replicas: 3,
      memory: '8Gi',
      pod: {
        containers: [
          { env: [{ name: 'ES_JAVA_OPTS', value: options }], resources: { requests: { cpu: '1', memory: '8Gi' } } },
        ],
      },
    })
  const cell = (institutions: number) =>
    cellOf('kita', 8, Object.fromEntries(Array.from({ length: institutions }, (_, index) => [`i${index}`, 1])))

  test('has a primary and a copy for each institution, and its heap', () => {
    const { search } = plan(nodePool('elasticsearch', 3), cell(29), cluster('-Xms4g -Xmx4g'))
    expect(search).toEqual({
      nodes: 3,
      shards: 60,
      perNode: 20,
      perNodeShort: 30,
      limit: 1000,
      heap: 4,
      declared: true,
      perHeapGib: 5,
    })
    expect(plan(nodePool('elasticsearch', 3), cell(1), cluster('')).search).toMatchObject({ heap: 4, declared: false })
  })

  test('with more shards than its nodes take, or too large a heap, is an error', () => {
    expect(plan(nodePool('elasticsearch', 3), cell(1000), cluster('-Xmx32768m')).problems).toEqual([
      'Elasticsearch: 2002 shards are 1001 on a node when one is gone; a node takes 1000',
      'Elasticsearch: a heap of 32 GiB; above 31 it holds less',
    ])
  })
})

test('storage of institutions is held against what they use, and says when it fills', () => {
  const { storage, problems } = planOf(
    { stack: 'made', resources: [part('kura-part'), cellOf('kita', 8, { aozora: 50, hidamari: 50, misaki: 10 })] },
    { aozora: { gib: 20, items: 100, growth: 3 }, misaki: { gib: 11, items: 5 } },
  )
  expect(storage).toMatchObject({ limit: 110, used: { gib: 31, items: 105, growth: 3 } })
  expect(storage.institutions.map(({ id, fullIn }) => [id, fullIn])).toEqual([
    ['aozora', 10],
    ['hidamari', undefined],
    ['misaki', undefined],
  ])
  expect(problems).toEqual(['misaki stores 11 GiB and may store 10'])
})

test('hosts are sorted to the certificates that name them', () => {
  const certificate = (name: string, dnsNames: string[]) =>
    made('kubernetes:cert-manager.io/v1:Certificate', `kura-part-${name}`, { metadata: { name }, spec: { dnsNames } })
  const many = Array.from({ length: 90 }, (_, i) => `repository.${i}.example`)
  const route = made('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute', 'kura-part-route', {
    spec: { hostnames: ['a.kura.example', 'deep.a.kura.example', 'repository.b.example', ...many] },
  })
  const { edge, problems } = plan(
    route,
    certificate('wildcard', ['*.kura.example']),
    certificate('group', ['group-1.kura.example', 'repository.b.example', ...many]),
    certificate('inner', ['pgpool.data.svc']),
  )
  expect(edge).toMatchObject({
    hosts: 93,
    certificates: [
      { name: 'wildcard', hosts: 1, free: null },
      { name: 'group', hosts: 91, free: -1 },
    ],
    uncertified: ['deep.a.kura.example'],
  })
  expect(problems).toEqual(['certificate group serves 91 hosts; it takes 90'])
})

test('limits are held against what is declared, and what Oracle does not raise is an error', () => {
  const groups = made('oci:Core/vnic:Vnic', 'kura-part-vnic', { details: { nsgIds: ['1', '2', '3', '4', '5', '6'] } })
  const systems = Array.from({ length: 101 }, (_, i) =>
    made('oci:FileStorage/fileSystem:FileSystem', `kura-part-files-${i}`, { displayName: `files-${i}` }),
  )
  const { limits, problems } = plan(nodePool('web', 200), groups, ...systems)
  expect(
    limits.filter(({ request }) => request).map(({ what, needed, default: most }) => [what, needed, most]),
  ).toEqual([
    ['OCPUs of E5, one node of each pool being renewed', 402, 384],
    ['file systems', 101, 100],
    ['security groups of one interface', 6, 5],
    // A type that nobody has looked at is not forgotten.
    ['Vnic', 1, undefined],
  ])
  expect(problems).toEqual(['Networking: 6 security groups of one interface; Oracle allows 5, and no more'])
})

test('a month of nodes costs their OCPUs, memory and boot volumes, by the list', () => {
  const { cost } = plan(nodePool('web', 3))
  expect(cost.date).toBe('2024-01-19')
  expect(cost.lines.map(({ what, number, quantity, monthly }) => [what, number, quantity, monthly])).toEqual([
    ['web nodes, OCPU', 'B97384', 3 * 2 * 744, 3 * 2 * 744 * 0.03],
    ['web nodes, memory', 'B97385', 3 * 16 * 744, 3 * 16 * 744 * 0.002],
    ['web boot volumes', 'B91961+10×B91962', 300, expect.closeTo(300 * 0.0425, 6)],
  ])
  expect(cost.total).toBeCloseTo(
    cost.parts.reduce((sum, { monthly }) => sum + monthly, 0),
    6,
  )
})

test('load balancers, WAF and circuits are priced beyond what is free, and an unknown shape is named', () => {
  const balancer = (name: string, type: string, least: string) =>
    made('kubernetes:core/v1:Service', `kura-part-${name}`, {
      metadata: {
        name,
        annotations: {
          'oci.oraclecloud.com/load-balancer-type': type,
          'service.beta.kubernetes.io/oci-load-balancer-shape-flex-min': least,
        },
      },
      spec: { type: 'LoadBalancer' },
    })
  const odd = nodePool('web', 1)
  odd.inputs.nodeShape = 'VM.Standard.Z9.Flex'
  const { cost, edge } = plan(
    odd,
    balancer('a', 'lb', '100'),
    balancer('b', 'lb', '10'),
    balancer('handle', 'nlb', ''),
    made('oci:Core/virtualCircuit:VirtualCircuit', 'kura-part-circuit', { bandwidthShapeName: '2 Gbps' }),
  )
  expect(edge.balancers.map(({ kind }) => kind)).toEqual(['load balancer', 'load balancer', 'network load balancer'])
  const monthly = (what: string) => cost.lines.find((line) => line.what === what)?.monthly
  expect(monthly('load balancers')).toBeCloseTo(744 * 0.0113, 6)
  expect(monthly('bandwidth that they always have')).toBeCloseTo((110 * 744 - 7440) * 0.0001, 6)
  expect(monthly('FastConnect, 2 Gbps')).toBeCloseTo(2 * 744 * 0.2125, 6)
  expect(cost.unpriced[0]).toContain('VM.Standard.Z9.Flex')
})

test('buckets hold what their rules leave in each tier, and copies as long as their originals', () => {
  const bucket = (purpose: string) =>
    made('oci:ObjectStorage/bucket:Bucket', `kura-part-${purpose}`, { name: `${purpose}-made` })
  const lifecycle = (purpose: string, rules: [action: string, days: number][]) =>
    made('oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy', `kura-part-${purpose}-lifecycle`, {
      bucket: `${purpose}-made`,
      rules: rules.map(([action, days]) => ({
        action,
        target: 'objects',
        timeAmount: String(days),
        timeUnit: 'DAYS',
      })),
    })
  const copied = made('oci:ObjectStorage/replicationPolicy:ReplicationPolicy', 'kura-part-copied', {
    bucket: 'dumps-made',
    destinationBucketName: 'replica-dumps-made',
  })
  const resources = [
    part('kura-part'),
    cellOf('kita', 8, { aozora: 50 }),
    ...['contents', 'dumps', 'replica-dumps'].map(bucket),
    lifecycle('dumps', [
      ['ARCHIVE', 60],
      ['DELETE', 400],
    ]),
    lifecycle('replica-dumps', [['ARCHIVE', 30]]),
    copied,
  ]
  // 40 GiB of database for so many items, of which a dump takes ten.
  const items = Math.round((40 * 1024 * 100_000) / 1567)
  const { lines } = planOf({ stack: 'made', resources }, { aozora: { gib: 20, items } }).cost
  expect(
    lines.filter(({ number }) => ['B91628', 'B91633'].includes(number)).map(({ what, quantity }) => [what, quantity]),
  ).toEqual([
    ['kura-part-contents', 20],
    ['kura-part-dumps', expect.closeTo(600, 1)],
    ['kura-part-dumps, archived', expect.closeTo(3400, 1)],
    ['kura-part-replica-dumps', expect.closeTo(300, 1)],
    ['kura-part-replica-dumps, archived', expect.closeTo(3700, 1)],
  ])
})

test('a service that nobody has priced is named', () => {
  expect(plan(made('oci:Moon/base:Base', 'kura-part-base', {})).cost.unpriced).toEqual([
    'Moon: nobody has looked what it costs',
    'support, taxes, and discounts of a contract',
  ])
})

test('the text names every pool, workload and problem', () => {
  const text = textOf(plan(nodePool('web', 2), pods('large', { replicas: 3, cpu: '2500m' })))
  expect(text).toContain('Pool web: 2 nodes of 4 vCPU and 16 GiB')
  expect(text).toMatch(/apps\/large \(Deployment\) +3 /)
  expect(text).toMatch(/as declared .* DOES NOT FIT/)
  expect(text).toContain('- pool web, as declared: 1 of apps/large has no place')
  expect(textOf(plan(nodePool('web', 1)))).toContain('Everything fits.')
  expect(text).not.toMatch(/undefined|NaN|\[object/)
})
