import { type CapturedResource, reveal } from '../../tools/evaluate/index.ts'

/** What Kubernetes takes as a label's value (also of `metadata.name` where a label is made of it). */
const LABEL = /^(?=.{1,63}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/
const DNS_LABEL = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/

/** The longest name of a kind from which others are made: pods, jobs and their labels must still fit 63 characters. */
const SHORTER: Record<string, number> = { CronJob: 52, StatefulSet: 52, DaemonSet: 52, Deployment: 52, postgresql: 47 }

/** Kinds whose names are host names. */
const HOSTS = new Set(['Service', 'Namespace'])

/** The longest `name` or `displayName` of an Oracle type, where it is not the usual 255 characters (OCI API reference). */
const ORACLE: Record<string, number> = {
  'oci:Identity/group:Group': 100,
  'oci:Identity/policy:Policy': 100,
  'oci:Identity/dynamicGroup:DynamicGroup': 100,
  'oci:Identity/user:User': 100,
  'oci:Identity/tagNamespace:TagNamespace': 100,
  'oci:Identity/tag:Tag': 100,
  'oci:Kms/vault:Vault': 100,
  'oci:Kms/key:Key': 100,
  'oci:ObjectStorage/bucket:Bucket': 256,
}

/** Names and labels that what they are for does not take: too long, or with characters that it does not know. */
export function unfitNames(resources: CapturedResource[]): string[] {
  return resources.flatMap((resource) => {
    const unfit = (part: string, value: string) => `${resource.name}: ${part} ${value}`
    const { metadata, displayName, name, dnsLabel } = reveal(resource.inputs) as {
      metadata?: { name?: string; labels?: Record<string, string> }
      displayName?: string
      name?: string
      dnsLabel?: string
    }
    if (resource.type.startsWith('kubernetes:')) {
      const kind = resource.type.split(':')[2] ?? ''
      const form = HOSTS.has(kind) ? DNS_LABEL : DNS_SUBDOMAIN
      const own = metadata?.name ?? ''
      const fits = form.test(own) && own.length <= (SHORTER[kind] ?? 253)
      return [
        ...(metadata && !fits ? [unfit('name', own)] : []),
        ...Object.values(metadata?.labels ?? {})
          .filter((value) => !LABEL.test(value))
          .map((value) => unfit('label', value)),
      ]
    }
    if (!resource.type.startsWith('oci:')) return []
    const longest = ORACLE[resource.type] ?? 255
    return [
      ...[displayName, name]
        .filter((value) => (value?.length ?? 0) > longest)
        .map((value) => unfit('name', value ?? '')),
      ...(dnsLabel !== undefined && !/^[a-z][a-z0-9]{0,14}$/.test(dnsLabel) ? [unfit('DNS label', dnsLabel)] : []),
    ]
  })
}
