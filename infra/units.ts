/** vCPU as Kubernetes writes it: thousandths, so that fractions stay exact. */
export function cpu(vcpu: number): string {
  return `${Math.round(vcpu * 1000)}m`
}

/** GiB as Kubernetes writes them: MiB, so that fractions stay exact. */
export function memory(gib: number): string {
  return `${Math.round(gib * 1024)}Mi`
}
