import { isDeepStrictEqual } from 'node:util'
import type { Properties } from '../stand-in.ts'

/** Whether the provider's options let these kinds change in place. */
export type Mutable = Record<'ConfigMap' | 'Secret', boolean>

const SELECTOR = 'spec.selector'

/**
 * Inputs for which the real provider replaces an object, by kind: `forceNew` in provider/pkg/provider/diff.go of
 * pulumi-kubernetes, for the kinds that stacks declare. Where the API refuses a change that is not here, the real `up`
 * fails as this one does.
 */
const REPLACING: Record<string, string[]> = {
  'apps/v1 Deployment': [SELECTOR],
  'apps/v1 DaemonSet': [SELECTOR],
  'apps/v1 StatefulSet': [
    'spec.podManagementPolicy',
    'spec.revisionHistoryLimit',
    SELECTOR,
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'batch/v1 Job': ['spec.completions', 'spec.parallelism', SELECTOR, 'spec.template'],
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/v1 RoleBinding': ['roleRef'],
  'storage.k8s.io/v1 StorageClass': ['parameters', 'provisioner'],
  'v1 PersistentVolume': ['spec.csi', 'spec.nfs'],
  'v1 PersistentVolumeClaim': ['spec.accessModes', SELECTOR, 'spec.storageClassName', 'spec.volumeName'],
  'v1 ResourceQuota': ['spec.scopes'],
  'v1 Secret': ['type'],
  'v1 Service': ['spec.clusterIP'],
}

const IDENTITY = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']
const CONTENT = { ConfigMap: ['data', 'binaryData'], Secret: ['data', 'stringData'] }

/** Top-level inputs whose change replaces the object. */
export function replacingInputs(inputs: Properties, before: Properties, mutable: Mutable): string[] {
  const { kind } = inputs
  const fixed =
    (kind === 'ConfigMap' || kind === 'Secret') && (!mutable[kind] || inputs.immutable === true) ? CONTENT[kind] : []
  const paths = [...IDENTITY, ...(REPLACING[`${inputs.apiVersion} ${kind}`] ?? []), ...fixed]
  return [
    ...new Set(
      paths.filter((path) => !isDeepStrictEqual(at(inputs, path), at(before, path))).map((path) => path.split('.')[0]),
    ),
  ] as string[]
}

/** What lies at a path such as `metadata.name`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inside, key) => (inside as Properties | undefined)?.[key], value)
}
