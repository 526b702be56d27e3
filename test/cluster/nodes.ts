import type { V1Node } from '@kubernetes/client-node'
import { POOL } from '../../infra/cluster/placement.ts'
import type { Pool } from '../../tools/plan/model.ts'
import { PLAYED } from './control-plane.ts'

/** By the label that Oracle puts on nodes. A region such as Tokyo has one availability domain of three of them. */
export const FAULT_DOMAIN = 'oci.oraclecloud.com/fault-domain'
const FAULT_DOMAINS = 3

/** The nodes of the declared pools, as OKE would register them, each pool spread over the fault domains. */
export function nodesOf(pools: Pool[]): V1Node[] {
  return pools.flatMap((pool) => Array.from({ length: pool.nodes }, (_, index) => nodeOf(pool, index)))
}

/** The node of a pool with this number, from 0; above the pool's size: one that replaces another. */
export function nodeOf({ name: pool, node, vcpu, memory, bootVolume, dedicated }: Pool, index: number): V1Node {
  const name = `${pool}-${index + 1}`
  const pods = { pods: String(node.pods), 'ephemeral-storage': `${bootVolume}Gi` }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        [PLAYED.key]: PLAYED.value,
        [POOL]: pool,
        [FAULT_DOMAIN]: `FAULT-DOMAIN-${(index % FAULT_DOMAINS) + 1}`,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
      },
    },
    spec: { taints: dedicated ? [{ key: POOL, value: pool, effect: 'NoSchedule' }] : [] },
    status: {
      capacity: { cpu: String(vcpu), memory: `${memory}Gi`, ...pods },
      allocatable: { cpu: `${node.cpu}m`, memory: `${node.memory}Mi`, ...pods },
    },
  }
}
