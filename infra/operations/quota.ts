import { ocpus } from '../cluster/sizes.ts'
import type { Settings } from '../settings.ts'

/** What may be used beyond what is declared: nodes while pools are cycled, volumes while one is restored, some growth. */
const SPARE = 1.5

/** File systems beyond those of the cells that there are, so that cells can be added. */
const MOST_FILE_SYSTEMS = 1000

/** Settings from which it follows what is declared. */
export type Declared = Pick<Settings, 'kubernetes' | 'pools' | 'postgresql' | 'elasticsearch' | 'rabbitmq' | 'storage'>

/**
 * Statements of Oracle's quotas: what a compartment can run up at most. A mistake or a thief stops there; object storage
 * has no such limit, since it grows with what institutions deposit.
 *
 * @param place `tenancy`, or `compartment` with its names from the root down, divided by colons
 */
export function quotaStatements(
  place: string,
  { kubernetes, pools, postgresql, elasticsearch, rabbitmq, storage }: Declared,
): string[] {
  const most = Object.values(pools).map((pool) => ({
    ...pool,
    nodes: Math.max(pool.nodes, 'most' in pool ? (pool.most ?? 0) : 0),
  }))
  const sum = (of: (pool: (typeof most)[number]) => number) => most.reduce((total, pool) => total + of(pool), 0)
  const spare = (used: number) => Math.ceil(used * SPARE)
  const volumes =
    postgresql.volume * pools.postgresql.nodes +
    elasticsearch.volume * pools.elasticsearch.nodes +
    rabbitmq.volume * pools.rabbitmq.nodes +
    sum(({ nodes, bootVolume }) => nodes * bootVolume)

  // As quotas name a shape: VM.Standard.E5.Flex is standard-e5.
  const shape = kubernetes.nodeShape
    .replace(/^VM\.|\.Flex$/g, '')
    .toLowerCase()
    .replaceAll('.', '-')
  return [
    `set compute-core quota ${shape}-core-count to ${spare(sum(({ nodes, vcpu }) => nodes * ocpus(vcpu)))}`,
    `set compute-memory quota ${shape}-memory-count to ${spare(sum(({ nodes, memory }) => nodes * memory))}`,
    'zero compute-core quota /*gpu*/',
    'zero database quotas',
    `set block-storage quota total-storage-gb to ${spare(volumes)}`,
    `set filesystem quota file-system-count to ${MOST_FILE_SYSTEMS}`,
    `set filesystem quota mount-target-count to ${spare(storage.mountTargets)}`,
  ].map((statement) => `${statement} in ${place}`)
}
