import type { Declared } from './declared.ts'
import type { EdgePlan } from './edge.ts'
import type { Pool } from './model.ts'
import type { StoragePlan } from './storage.ts'

/**
 * Service limits of Oracle Cloud: what a tenancy has without asking, and what this stack needs. The defaults are those
 * of Universal Credits; Pay As You Go has less of some.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/General/Concepts/servicelimits.htm (read as of 2025-03-11)
 */
export interface LimitLine {
  service: string
  what: string
  /** Oracle's name of the limit, where the page gives one. */
  name: string
  per:
    | 'region'
    | 'availability domain'
    | 'tenancy'
    | 'VCN'
    | 'group'
    | 'interface'
    | 'policy'
    | 'topic'
    | 'user'
    | 'zone'
  needed: number
  /** What there is by default; none where the page gives no number. */
  default: number | undefined
  /** Whether more can be had. */
  fixed: boolean
  /** Whether this stack needs more than there is by default, or the default is not known. */
  request: boolean
  /** Where the number is from, if not from that page. */
  source?: string
}

interface Known extends Pick<LimitLine, 'service' | 'what' | 'per' | 'default'> {
  name?: string
  fixed?: boolean
  source?: string
  needed: number
}

const SHAPES: Record<string, { ocpus: number; memory: number }> = {
  E4: { ocpus: 2000, memory: 32_000 },
  E5: { ocpus: 384, memory: 4608 },
}

export function planLimits(
  declared: Declared,
  { pools, storage, edge }: { pools: Pool[]; storage: StoragePlan; edge: EdgePlan },
): LimitLine[] {
  const known: Known[] = [
    ...compute(pools),
    ...blockVolumes(storage, pools),
    ...counted(declared),
    ...network(declared),
    ...identity(declared),
    ...balancers(edge),
  ]
  return known
    .filter(({ needed }) => needed > 0)
    .map(({ name = '', fixed = false, ...line }) => ({
      ...line,
      name,
      fixed,
      request: line.default === undefined || line.needed > line.default,
    }))
}

function compute(pools: Pool[]): Known[] {
  const byShape = Map.groupBy(pools, ({ shape }) => /\.([A-Z]\d+|Standard\d)\./.exec(shape)?.[1] ?? shape)
  const nodes = pools.reduce((sum, pool) => sum + pool.nodes + pool.surge, 0)
  return [
    ...[...byShape].flatMap(([series, members]): Known[] => {
      // While a pool is renewed it has more nodes than it says; all may be at once.
      const sum = (part: (pool: Pool) => number) =>
        members.reduce((all, pool) => all + (pool.nodes + pool.surge) * part(pool), 0)
      const limit = `standard-${series.toLowerCase()}`
      return [
        {
          service: 'Compute',
          what: `OCPUs of ${series}, one node of each pool being renewed`,
          name: `${limit}-core-count`,
          per: 'availability domain',
          needed: sum(({ vcpu }) => vcpu / 2),
          default: SHAPES[series]?.ocpus,
        },
        {
          service: 'Compute',
          what: `GB of memory of ${series}`,
          name: `${limit}-memory-count`,
          per: 'availability domain',
          needed: sum(({ memory }) => memory),
          default: SHAPES[series]?.memory,
        },
      ]
    }),
    {
      service: 'Kubernetes Engine',
      what: 'nodes of the cluster',
      name: 'node-count',
      per: 'region',
      needed: nodes,
      default: 2000,
    },
    {
      service: 'Kubernetes Engine',
      what: 'pods of a node',
      per: 'region',
      needed: Math.max(0, ...pools.map(({ node }) => node.pods)),
      default: 110,
      fixed: true,
    },
  ]
}

function blockVolumes({ bootVolumes, blockVolumes: data }: StoragePlan, pools: Pool[]): Known[] {
  const size = [...bootVolumes, ...data].reduce((sum, { count, each }) => sum + count * each, 0)
  const renewed = pools.reduce((sum, { surge, bootVolume }) => sum + surge * bootVolume, 0)
  return [
    {
      service: 'Block Volume',
      what: 'GB of boot and block volumes',
      name: 'total-storage-gb',
      per: 'availability domain',
      needed: size + renewed,
      default: 100 * 1024,
    },
  ]
}

/** Types that are counted as they are: service, what, limit, scope, default. */
const COUNTED: [type: string, service: string, what: string, name: string, per: LimitLine['per'], most?: number][] = [
  ['oci:ContainerEngine/cluster:Cluster', 'Kubernetes Engine', 'enhanced clusters', '', 'region', 15],
  [
    'oci:FileStorage/fileSystem:FileSystem',
    'File Storage',
    'file systems',
    'file-system-count',
    'availability domain',
    100,
  ],
  [
    'oci:FileStorage/mountTarget:MountTarget',
    'File Storage',
    'mount targets',
    'mount-target-count',
    'availability domain',
    6,
  ],
  ['oci:FileStorage/export:Export', 'File Storage', 'exports', '', 'region'],
  [
    'oci:FileStorage/filesystemSnapshotPolicy:FilesystemSnapshotPolicy',
    'File Storage',
    'snapshot policies',
    'filesystem-snapshot-policy-count',
    'availability domain',
    100,
  ],
  ['oci:ObjectStorage/bucket:Bucket', 'Object Storage', 'buckets', '', 'tenancy', 10_000],
  ['oci:Waf/appFirewallPolicy:AppFirewallPolicy', 'WAF', 'policies', 'policy-count', 'tenancy', 100],
  ['oci:CertificatesManagement/certificate:Certificate', 'Certificates', 'certificates', '', 'tenancy', 5000],
  ['oci:Dns/zone:Zone', 'DNS', 'zones', '', 'tenancy', 1000],
  ['oci:Core/publicIp:PublicIp', 'Networking', 'reserved public addresses', '', 'region', 50],
  ['oci:Core/vcn:Vcn', 'Networking', 'VCNs', '', 'region', 50],
  ['oci:Core/subnet:Subnet', 'Networking', 'subnets', '', 'VCN', 300],
  ['oci:Core/routeTable:RouteTable', 'Networking', 'route tables', '', 'VCN', 300],
  ['oci:Core/networkSecurityGroup:NetworkSecurityGroup', 'Networking', 'security groups', '', 'VCN', 1000],
  ['oci:Core/drg:Drg', 'Networking', 'dynamic routing gateways', '', 'region', 5],
  ['oci:Core/virtualCircuit:VirtualCircuit', 'FastConnect', 'virtual circuits', '', 'region', 10],
  ['oci:Bastion/bastion:Bastion', 'Bastion', 'bastions', '', 'region', 5],
  ['oci:Kms/vault:Vault', 'Key Management', 'vaults', '', 'region', 10],
  ['oci:Kms/key:Key', 'Key Management', 'key versions, hardware-protected', '', 'region', 100],
  ['oci:Vault/secret:Secret', 'Secret Management', 'secrets', '', 'region', 5000],
  ['oci:Logging/logGroup:LogGroup', 'Logging', 'log groups', 'log-group-count', 'region', 100],
  ['oci:Logging/log:Log', 'Logging', 'logs', 'log-count', 'region', 500],
  [
    'oci:Logging/unifiedAgentConfiguration:UnifiedAgentConfiguration',
    'Logging',
    'agent configurations',
    'unified-agent-configuration-count',
    'region',
    100,
  ],
  ['oci:Sch/connector:Connector', 'Connector Hub', 'connectors', 'service-connector-count', 'region', 20],
  ['oci:Monitoring/alarm:Alarm', 'Monitoring', 'alarms', '', 'region', 50],
  ['oci:Ons/notificationTopic:NotificationTopic', 'Notifications', 'topics', 'topic-count', 'tenancy', 100],
  ['oci:Events/rule:Rule', 'Events', 'rules', 'rule-count', 'region', 50],
  [
    'oci:HealthChecks/httpMonitor:HttpMonitor',
    'Health Checks',
    'basic monitors',
    'monitor-basic-count',
    'tenancy',
    500,
  ],
  ['oci:Artifacts/containerRepository:ContainerRepository', 'Container Registry', 'repositories', '', 'region', 500],
  ['oci:DevOps/project:Project', 'DevOps', 'projects', 'devops-project-count', 'region', 1000],
  ['oci:DevOps/buildPipeline:BuildPipeline', 'DevOps', 'build pipelines', 'build-pipeline-count', 'region', 1000],
  [
    'oci:DevOps/deployPipeline:DeployPipeline',
    'DevOps',
    'deployment pipelines',
    'deployment-pipeline-count',
    'region',
    1000,
  ],
  ['oci:DevOps/trigger:Trigger', 'DevOps', 'triggers', 'trigger-count', 'region', 100],
  ['oci:CloudGuard/target:Target', 'Cloud Guard', 'targets', 'target-count', 'tenancy', 30],
  [
    'oci:VulnerabilityScanning/containerScanTarget:ContainerScanTarget',
    'Vulnerability Scanning',
    'container targets',
    'container-target-count',
    'region',
    200,
  ],
]

function counted(declared: Declared): Known[] {
  return COUNTED.map(([type, service, what, name, per, most]) => ({
    service,
    what,
    name,
    per,
    needed: declared.count(type),
    default: most,
  }))
}

function network(declared: Declared): Known[] {
  const rules = Map.groupBy(
    declared.of<{ networkSecurityGroupId: string }>(
      'oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule',
    ),
    ({ inputs }) => inputs.networkSecurityGroupId,
  )
  const groupsOfOne = declared.all.map(({ inputs }) =>
    Math.max(0, ...lists(inputs, /^((pod)?nsg|networkSecurityGroup)Ids$/i)),
  )
  const records = Map.groupBy(
    declared.of<{ zoneNameOrId?: string }>('oci:Dns/rrset:Rrset'),
    ({ inputs }) => inputs.zoneNameOrId,
  )
  return [
    {
      service: 'Networking',
      what: 'rules of the largest security group',
      per: 'group',
      needed: Math.max(0, ...[...rules.values()].map(({ length }) => length)),
      default: 120,
    },
    {
      service: 'Networking',
      what: 'security groups of one interface',
      per: 'interface',
      needed: Math.max(0, ...groupsOfOne),
      default: 5,
      fixed: true,
    },
    {
      service: 'DNS',
      what: 'record sets of the largest zone',
      per: 'zone',
      needed: Math.max(0, ...[...records.values()].map(({ length }) => length)),
      default: 25_000,
    },
  ]
}

/** Lengths of all lists under such a key, however deep. */
function lists(value: unknown, key: RegExp): number[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) =>
    key.test(name) && Array.isArray(inner) ? [inner.length] : lists(inner, key),
  )
}

function identity(declared: Declared): Known[] {
  const statements = declared
    .of<{ statements: string[] }>('oci:Identity/policy:Policy')
    .map(({ inputs }) => inputs.statements.length)
  const keys = Map.groupBy(
    declared.of<{ userId: string }>('oci:Identity/customerSecretKey:CustomerSecretKey'),
    ({ inputs }) => inputs.userId,
  )
  const subscriptions = Map.groupBy(
    declared.of<{ topicId: string }>('oci:Ons/subscription:Subscription'),
    ({ inputs }) => inputs.topicId,
  )
  const most = (groups: Map<unknown, unknown[]>) => Math.max(0, ...[...groups.values()].map(({ length }) => length))
  const iam = (what: string, per: LimitLine['per'], needed: number, standard: number): Known => ({
    service: 'IAM',
    what,
    per,
    needed,
    default: standard,
  })
  return [
    iam('policies', 'tenancy', statements.length, 100),
    iam('statements of the largest policy', 'policy', Math.max(0, ...statements), 50),
    {
      ...iam(
        'statements of all policies',
        'tenancy',
        statements.reduce((sum, count) => sum + count, 0),
        500,
      ),
      fixed: true,
    },
    iam('users', 'tenancy', declared.count('oci:Identity/user:User'), 2000),
    iam('groups', 'tenancy', declared.count('oci:Identity/group:Group'), 250),
    iam('dynamic groups', 'tenancy', declared.count('oci:Identity/dynamicGroup:DynamicGroup'), 50),
    {
      ...iam('S3 keys of one user', 'user', most(keys), 2),
      fixed: true,
      source: 'Object Storage, "Customer Secret Keys"; not confirmed on the page of limits',
    },
    {
      service: 'Notifications',
      what: 'subscriptions of the largest topic',
      name: 'subscription-count',
      per: 'topic',
      needed: most(subscriptions),
      default: 10,
    },
  ]
}

function balancers({ balancers: all }: EdgePlan): Known[] {
  const network = all.filter(({ kind }) => kind === 'network load balancer').length
  return [
    {
      service: 'Load Balancer',
      what: 'load balancers',
      per: 'region',
      needed: all.length - network,
      default: 50,
    },
    {
      service: 'Load Balancer',
      what: 'Mbit/s that they always have',
      per: 'region',
      needed: all.reduce((sum, { mbps }) => sum + mbps, 0),
      default: 5000,
    },
    { service: 'Network Load Balancer', what: 'network load balancers', per: 'region', needed: network, default: 3 },
  ]
}
