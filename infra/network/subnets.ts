import { shareOut } from './addresses.ts'
import type { Group } from './flows.ts'

/** Lengths of the subnets' prefixes. A subnet's place follows from the order: new ones go to the end. */
const SUBNETS = {
  endpoint: 28,
  loadBalancers: 24,
  nodes: 23,
  pods: 19,
  bastion: 28,
  files: 26,
  dataNodes: 25,
} satisfies Record<Group, number>

/** Ranges of the subnets in CIDR notation. */
export function subnetRanges(addresses: string): Record<Group, string> {
  return shareOut(addresses, SUBNETS)
}
