import type { V1ObjectMeta, V1StatefulSetSpec } from '@kubernetes/client-node'
import { expect } from 'vitest'
import type { Api } from '../cluster/api.ts'
import type { Recorded } from './engine.ts'
import type { Platform } from './platform.ts'

/** Types that outlive `destroy`, because they hold data, keys, or an address that others know; and what these are in. */
const RETAINED = [
  'kubernetes:acid.zalan.do/v1:postgresql',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:core/v1:Namespace',
  'kubernetes:core/v1:PersistentVolume',
  'kubernetes:core/v1:PersistentVolumeClaim',
  'kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster',
  'oci:ContainerEngine/cluster:Cluster',
  'oci:Core/drg:Drg',
  'oci:Core/drgAttachment:DrgAttachment',
  'oci:Core/drgRouteDistribution:DrgRouteDistribution',
  'oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement',
  'oci:Core/drgRouteTable:DrgRouteTable',
  'oci:Core/internetGateway:InternetGateway',
  'oci:Core/natGateway:NatGateway',
  'oci:Core/networkSecurityGroup:NetworkSecurityGroup',
  'oci:Core/publicIp:PublicIp',
  'oci:Core/routeTable:RouteTable',
  'oci:Core/securityList:SecurityList',
  'oci:Core/serviceGateway:ServiceGateway',
  'oci:Core/subnet:Subnet',
  'oci:Core/vcn:Vcn',
  'oci:FileStorage/fileSystem:FileSystem',
  'oci:FileStorage/filesystemSnapshotPolicy:FilesystemSnapshotPolicy',
  'oci:FileStorage/mountTarget:MountTarget',
  'oci:Identity/compartment:Compartment',
  'oci:Kms/key:Key',
  'oci:Kms/keyVersion:KeyVersion',
  'oci:Kms/vault:Vault',
  'oci:ObjectStorage/bucket:Bucket',
  'tls:index/privateKey:PrivateKey',
]

/** Resources that `destroy` only forgets. @throws if they are not those of the types that are to outlive it. */
export function retainedOf(resources: Recorded[]): Recorded[] {
  const typesOf = (some: Recorded[]) => [...new Set(some.map(({ type }) => type))].sort()
  const retained = resources.filter(({ retainOnDelete }) => retainOnDelete)
  expect(typesOf(retained)).toEqual(typesOf(resources).filter((type) => RETAINED.includes(type)))
  return retained
}

/**
 * What exists, by what the engine calls it: in the cloud by URN, as it knows of two of one name; in the cluster, of the
 * types that these resources have, what is ours by its labels.
 */
export async function existing({ engine, api }: Platform, resources: Recorded[]): Promise<string[]> {
  const types = new Set(resources.map(({ type }) => type).filter((type) => type.startsWith('kubernetes:')))
  const objects = await Promise.all([...types].map((type) => ours(api, type)))
  const things = engine.cloud.all().map(({ urn }) => urn)
  return [...things, ...objects.flat()].sort()
}

/** The same of resources, as if each existed once, with what controllers make of them and do not call their own. */
export function expected(resources: Recorded[]): string[] {
  return resources
    .flatMap(({ urn, type, id = '', inputs = {} }) => {
      if (type.startsWith('oci:')) return [urn]
      if (!type.startsWith('kubernetes:')) return []
      return [`${type} ${id}`, ...(type === 'kubernetes:apps/v1:StatefulSet' ? claimsOf(id, inputs as never) : [])]
    })
    .sort()
}

function claimsOf(id: string, { spec }: { spec: V1StatefulSetSpec }): string[] {
  const [namespace, name] = id.split('/')
  const numbers = Array.from({ length: spec.replicas ?? 1 }, (_, number) => number)
  return (spec.volumeClaimTemplates ?? [])
    .filter(isOurs)
    .flatMap(({ metadata }) =>
      numbers.map(
        (number) => `kubernetes:core/v1:PersistentVolumeClaim ${namespace}/${metadata?.name}-${name}-${number}`,
      ),
    )
}

const isOurs = ({ metadata }: { metadata?: V1ObjectMeta }) => metadata?.labels?.['app.kubernetes.io/part-of'] === 'kura'

/** Objects of this project that nothing else in the cluster made: each with type and identifier, as the state has them. */
async function ours(api: Api, type: string): Promise<string[]> {
  const [, of = '', kind = ''] = type.split(':')
  const { items } = await api.list(of.replace(/^core\//, ''), kind)
  return items
    .filter((object) => isOurs(object) && !object.metadata?.ownerReferences)
    .map(({ metadata }) => `${type} ${[metadata?.namespace ?? [], metadata?.name ?? ''].flat().join('/')}`)
}
