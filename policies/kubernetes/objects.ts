import type { PolicyResource } from '@pulumi/policy'

/** The namespace of a resource: its own, its provider's, or `default`. */
export function namespaceOf({ resource }: { resource: Pick<PolicyResource, 'props' | 'provider'> }): string {
  return resource.props.metadata?.namespace || resource.provider?.props.namespace || 'default'
}

/** What an object is called in Kubernetes. */
export function objectName({ resource }: { resource: PolicyResource }): string {
  return resource.props.metadata?.name ?? resource.name
}
