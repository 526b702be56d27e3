/**
 * Things of which there is one in its place, whoever makes it again: what is asked for is written there. By type, the
 * inputs that say the place. Oracle's API writes each by PUT, or changes what is there from the beginning.
 */
export const ONE_IN_ITS_PLACE: Record<string, string[]> = {
  'oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration': ['compartmentId'],
  'oci:Core/defaultSecurityList:DefaultSecurityList': ['manageDefaultResourceId'],
  'oci:Dns/rrset:Rrset': ['zoneNameOrId', 'domain', 'rtype'],
  'oci:Identity/authenticationPolicy:AuthenticationPolicy': ['compartmentId'],
  'oci:Identity/userCapabilitiesManagement:UserCapabilitiesManagement': ['userId'],
  'oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy': ['namespace', 'bucket'],
}

/** By type, the outputs that Oracle tells once, to whoever asked for the thing. */
export const TOLD_ONCE: Record<string, string[]> = { 'oci:Identity/customerSecretKey:CustomerSecretKey': ['key'] }
