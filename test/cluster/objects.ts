import type { V1PodTemplateSpec } from '@kubernetes/client-node'
import type { Declared } from '../../tools/plan/declared.ts'
import type { KubernetesObject } from './api.ts'

/** A stack's objects of Kubernetes: all but charts and other people's files of manifests, which cannot be had here. */
export function objectsOf(declared: Declared): KubernetesObject[] {
  return declared.all
    .filter(({ type, inputs }) => type.startsWith('kubernetes:') && typeof inputs.apiVersion === 'string')
    .map(({ inputs }) => inputs as unknown as KubernetesObject)
}

interface Workload {
  spec: {
    template?: V1PodTemplateSpec
    jobTemplate?: { spec: { template: V1PodTemplateSpec } }
    volumeClaimTemplates?: { metadata: { name: string } }[]
  }
}

/** Of a workload a pod by itself, as its controller would make it; nothing, if it is no workload. */
export function podOf({ apiVersion, kind, metadata, spec }: KubernetesObject): KubernetesObject | undefined {
  if (!['apps/v1', 'batch/v1'].includes(apiVersion)) return undefined
  const { template, jobTemplate, volumeClaimTemplates = [] } = spec as Workload['spec']
  const pod = template ?? jobTemplate?.spec.template
  const { name, namespace } = metadata
  const claimed = volumeClaimTemplates.map(({ metadata: claim }) => ({
    name: claim.name,
    persistentVolumeClaim: { claimName: `${claim.name}-${name}-0` },
  }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...pod?.metadata, name: `${kind.toLowerCase()}-${name}`, ...(namespace ? { namespace } : {}) },
    spec: { ...pod?.spec, volumes: [...(pod?.spec?.volumes ?? []), ...claimed] },
  }
}
