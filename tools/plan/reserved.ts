/**
 * What a node keeps from its pods: Oracle's defaults of OKE images since June 2024.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengbestpractices_topic-Cluster-Management-best-practices.htm
 * ("Reserve resources for Kubernetes and OS system daemons", read as of 2025-03-06)
 */

/** vCPU in thousandths, MiB. */
export interface Room {
  cpu: number
  memory: number
}

/** Of a node's memory the firmware and the kernel keep some: Oracle's example shows 245.3 of 256 GiB. */
const SEEN = 245.3 / 256

/** GiB that are recommended for Kubernetes' daemons, by GiB of the node. Between two points the line is straight. */
const KUBE_MEMORY: [node: number, reserved: number][] = [
  [0, 0],
  [4, 1],
  [8, 1],
  [16, 2],
  [128, 9],
]
const MIB_PER_FURTHER_GIB = 20

/** Thousandths of a vCPU for Kubernetes' daemons, by number of vCPU; each further one adds 2.5. */
const KUBE_CPU = [0, 60, 70, 80, 85, 90]
const CPU_PER_FURTHER = 2.5

/** For the operating system's daemons, whatever the node. */
const SYSTEM: Room = { cpu: 100, memory: 100 }

/** The kubelet evicts pods when less than this is free (`memory.available` of its defaults). */
const EVICTION_MEMORY = 100

/** What pods can be given of a node with so many vCPU and GiB. */
export function allocatable(vcpu: number, gib: number): Room {
  const cpu = Math.floor(vcpu * 1000 - kubeCpu(vcpu) - SYSTEM.cpu)
  const memory = Math.floor(gib * SEEN * 1024 - kubeMemory(gib) - SYSTEM.memory - EVICTION_MEMORY)
  return { cpu: Math.max(0, cpu), memory: Math.max(0, memory) }
}

function kubeCpu(vcpu: number): number {
  const most = KUBE_CPU.length - 1
  return (KUBE_CPU[Math.min(vcpu, most)] ?? 0) + Math.max(0, vcpu - most) * CPU_PER_FURTHER
}

/** MiB. */
function kubeMemory(gib: number): number {
  for (let i = 1; i < KUBE_MEMORY.length; i++) {
    const [[from, low], [to, high]] = [KUBE_MEMORY[i - 1], KUBE_MEMORY[i]] as [[number, number], [number, number]]
    if (gib <= to) return 1024 * (low + ((high - low) * (gib - from)) / (to - from))
  }
  const [node, reserved] = KUBE_MEMORY.at(-1) as [number, number]
  return reserved * 1024 + (gib - node) * MIB_PER_FURTHER_GIB
}
