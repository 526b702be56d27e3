import type { core } from '@pulumi/oci'
import type { PropsOf } from '../rule/index.ts'

/** Whether nothing in a subnet can have a public address: OCI takes either property for both. */
export function isPrivate(
  subnet: Pick<PropsOf<typeof core.Subnet>, 'prohibitInternetIngress' | 'prohibitPublicIpOnVnic'>,
): boolean {
  return subnet.prohibitInternetIngress === true || subnet.prohibitPublicIpOnVnic === true
}
