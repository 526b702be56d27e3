import type { Declared } from './declared.ts'
import type { Institution, Usage } from './institutions.ts'
import type { PlannedWorkload, Pool } from './model.ts'

/** Where data is kept, and how full it is. GiB. */
export interface StoragePlan {
  institutions: InstitutionStorage[]
  /** Sum of what institutions may store. */
  limit: number
  /** Sum of what they use; nothing without a file of usage. */
  used?: { gib: number; items: number; growth: number }
  bootVolumes: Volumes[]
  blockVolumes: (Volumes & { part: string })[]
  buckets: string[]
  fileSystems: string[]
  mountTargets: number
}

/** Volumes of one size. */
export interface Volumes {
  name: string
  count: number
  each: number
}

export interface InstitutionStorage {
  id: string
  cell: string
  limit: number
  gib?: number
  items?: number
  /** GiB a month. */
  growth?: number
  /** Months until the limit is reached at this growth; none while it does not grow. */
  fullIn?: number
}

export function planStorage(
  declared: Declared,
  {
    pools,
    workloads,
    institutions,
    usage,
  }: {
    pools: Pool[]
    workloads: PlannedWorkload[]
    institutions: Institution[]
    usage: Usage | undefined
  },
): StoragePlan {
  const stored = institutions.map(({ id, cell, limit }): InstitutionStorage => {
    const known = usage?.[id]
    if (!known) return { id, cell, limit }
    const { gib, items, growth } = known
    return {
      id,
      cell,
      limit,
      gib,
      items,
      ...(growth === undefined ? {} : { growth }),
      ...(growth !== undefined && growth > 0 ? { fullIn: Math.max(0, (limit - gib) / growth) } : {}),
    }
  })
  const sum = (part: 'limit' | 'gib' | 'items' | 'growth') => stored.reduce((all, one) => all + (one[part] ?? 0), 0)
  return {
    institutions: stored,
    limit: sum('limit'),
    ...(usage ? { used: { gib: sum('gib'), items: sum('items'), growth: sum('growth') } } : {}),
    bootVolumes: pools.map(({ name, nodes, bootVolume }) => ({ name, count: nodes, each: bootVolume })),
    blockVolumes: workloads
      .filter(({ volume }) => volume > 0)
      .map(({ name, part, replicas, volume }) => ({ name, part, count: replicas, each: volume })),
    buckets: declared.of<{ name: string }>('oci:ObjectStorage/bucket:Bucket').map(({ inputs }) => inputs.name),
    fileSystems: declared
      .of<{ displayName?: string }>('oci:FileStorage/fileSystem:FileSystem')
      .map(({ resource, inputs }) => inputs.displayName ?? resource.name),
    mountTargets: declared.count('oci:FileStorage/mountTarget:MountTarget'),
  }
}
