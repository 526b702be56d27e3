import { keyVersions } from './cost.ts'
import { COUNTED, OTHERWISE } from './counted.ts'
import type { Declared, DeclaredResource } from './declared.ts'
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
    | 'compartment'
    | 'group'
    | 'interface'
    | 'mount target'
    | 'namespace'
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
    ...uncounted(declared),
    ...files(declared),
    ...keys(declared),
    ...delivery(declared),
    ...network(declared),
    ...identity(declared),
    ...balancers(edge),
  ]
  const byService = Map.groupBy(known, ({ service }) => service)
  return [...byService.values()]
    .flat()
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

/** Types that nobody has looked at, so that none is forgotten. */
function uncounted({ all }: Declared): Known[] {
  const known = new Set(COUNTED.map(([type]) => type))
  const types = Map.groupBy(
    all.filter(({ type }) => type.startsWith('oci:') && !known.has(type) && !OTHERWISE.has(type)),
    ({ type }) => type,
  )
  return [...types].map(([type, resources]) => {
    const [, service = type, what = ''] = /^oci:(\w+)\/\w+:(\w+)$/.exec(type) ?? []
    return { service, what, per: 'region', needed: resources.length, default: undefined }
  })
}

function files(declared: Declared): Known[] {
  return [
    {
      service: 'File Storage',
      what: 'exports of the fullest mount target',
      per: 'mount target',
      needed: largest(declared.of<{ exportSetId: string }>('oci:FileStorage/export:Export'), 'exportSetId'),
      default: 100,
      fixed: true,
    },
  ]
}

function keys(declared: Declared): Known[] {
  return [
    {
      service: 'Key Management',
      what: 'key versions, hardware-protected',
      per: 'region',
      needed: keyVersions(declared),
      default: 100,
    },
  ]
}

/** What runs the pipeline's steps in our network, for as long as they take. */
function delivery(declared: Declared): Known[] {
  const stages = declared.of<{ containerConfig?: { shapeName: string; shapeConfig: { ocpus: number } } }>(
    'oci:DevOps/deployStage:DeployStage',
  )
  const [config] = stages
    .flatMap(({ inputs: { containerConfig } }) => containerConfig ?? [])
    .sort((a, b) => b.shapeConfig.ocpus - a.shapeConfig.ocpus)
  return [
    {
      service: 'Container Instances',
      what: `OCPUs of ${config?.shapeName}, while something is deployed`,
      per: 'availability domain',
      needed: config?.shapeConfig.ocpus ?? 0,
      default: undefined,
    },
  ]
}

function network(declared: Declared): Known[] {
  const rules = declared.of<{ networkSecurityGroupId: string }>(
    'oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule',
  )
  const groupsOfOne = declared.all.map(({ inputs }) =>
    Math.max(0, ...lists(inputs, /^((pod)?nsg|networkSecurityGroup)Ids$/i)),
  )
  const records = declared.of<{ zoneNameOrId: string }>('oci:Dns/rrset:Rrset')
  return [
    {
      service: 'Networking',
      what: 'rules of the largest security group',
      per: 'group',
      needed: largest(rules, 'networkSecurityGroupId'),
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
      needed: largest(records, 'zoneNameOrId'),
      default: 25_000,
    },
  ]
}

/** The most resources of these that share what this input names: an identifier may not be known, where it is from is. */
function largest<Key extends string>(
  resources: { resource: DeclaredResource; inputs: Record<Key, string> }[],
  key: Key,
): number {
  const groups = Map.groupBy(
    resources,
    ({ resource, inputs }) => resource.propertyDependencies[key]?.join() || inputs[key],
  )
  return Math.max(0, ...[...groups.values()].map(({ length }) => length))
}

/** Lengths of all lists under such a key, however deep. */
function lists(value: unknown, key: RegExp): number[] {
  if (value === null || typeof value !== 'object') return []
  // Reads no single value: it may not be known yet.
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, { value: inner }]) =>
    key.test(name) && Array.isArray(inner) ? [inner.length] : lists(inner, key),
  )
}

function identity(declared: Declared): Known[] {
  const statements = declared
    .of<{ statements: string[] }>('oci:Identity/policy:Policy')
    .map(({ inputs }) => inputs.statements.length)
  const s3Keys = declared.of<{ userId: string }>('oci:Identity/customerSecretKey:CustomerSecretKey')
  const subscriptions = declared.of<{ topicId: string }>('oci:Ons/subscription:Subscription')
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
      ...iam('S3 keys of one user', 'user', largest(s3Keys, 'userId'), 2),
      fixed: true,
      source: 'Object Storage, "Customer Secret Keys"; not confirmed on the page of limits',
    },
    {
      service: 'Notifications',
      what: 'subscriptions of the largest topic',
      name: 'subscription-count',
      per: 'topic',
      needed: largest(subscriptions, 'topicId'),
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
