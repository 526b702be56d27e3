import { apps, batch, core } from '@pulumi/kubernetes'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { declared } from './rule.ts'

/** A Deployment `web`; `spec` and `metadata` are its pods'. */
export function deployment(spec: object, metadata: object = {}): CapturedResource {
  return declared(apps.v1.Deployment, 'web', {
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { metadata, spec } },
  })
}

/** A Deployment `web` of one container. */
export function container(container: object, spec: object = {}): CapturedResource {
  return deployment({ containers: [{ name: 'app', ...container }], ...spec })
}

/** A CronJob `nightly`; `spec` is its pods'. */
export function cronJob(spec: object): CapturedResource {
  return declared(batch.v1.CronJob, 'nightly', {
    metadata: { namespace: 'shop' },
    spec: { jobTemplate: { spec: { template: { spec } } } },
  })
}

/** A Pod `debug`. */
export function pod(spec: object, metadata: object = {}): CapturedResource {
  return declared(core.v1.Pod, 'debug', { metadata: { namespace: 'shop', ...metadata }, spec })
}

/** A Namespace; `level` is what it enforces. */
export function namespace(name: string, level?: string): CapturedResource {
  const labels = level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level }
  return declared(core.v1.Namespace, name, { metadata: { name, labels } })
}
