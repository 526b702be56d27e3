import { checkovKubernetes } from './checkov-kubernetes.ts'
import { checkovOci } from './checkov-oci.ts'
import { cisOci } from './cis-oci.ts'
import type { Framework } from './framework.ts'
import { kubeScore } from './kube-score.ts'
import { kura } from './kura.ts'
import { nsa } from './nsa.ts'
import { oracle } from './oracle.ts'
import { podSecurity } from './pod-security.ts'
import { polaris } from './polaris.ts'
import { practice } from './practice.ts'

/** All catalogues, in the order of the documentation. */
export const FRAMEWORKS = [
  cisOci,
  checkovOci,
  oracle,
  podSecurity,
  nsa,
  kubeScore,
  polaris,
  checkovKubernetes,
  practice,
  kura,
] as const

/** The id of a control, with what tells its framework: `CIS 5.1.1`, `CKV_OCI_10`. */
export type Control = IdOf<(typeof FRAMEWORKS)[number]>
type IdOf<F> = F extends Framework<infer Id> ? Id : never

/** @throws Error if no framework has the control. */
export function frameworkOf(control: Control): Framework {
  const found = (FRAMEWORKS as readonly Framework[]).find(({ controls }) => control in controls)
  if (!found) throw new Error(`no framework has the control ${control}`)
  return found
}
