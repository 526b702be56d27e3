/**
 * Things of which there is one in its place, whoever makes it again: what is asked for is written there. By type, the
 * inputs that say the place. As the documentation of each in `@pulumi/oci` says: it "updates", "manages" or "creates or
 * replaces" what its place has; the default security list comes with its network.
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
