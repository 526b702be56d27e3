/** The one place where the operators' vCPU becomes Oracle's OCPU: on x86, 1 OCPU is 2 vCPU. */
export function ocpus(vcpu: number): number {
  return vcpu / 2
}

/**
 * Pods that a node of a flexible x86 shape can give an address: one network interface is the node's own, each further
 * one carries 31 addresses, a shape has as many interfaces as OCPUs (2 to 24), and OKE stops at 110 pods.
 */
export function podsPerNode(vcpu: number): number {
  const interfaces = Math.min(24, Math.max(2, ocpus(vcpu)))
  return Math.min(110, (interfaces - 1) * 31)
}
