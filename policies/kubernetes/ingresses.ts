import type { networking } from '@pulumi/kubernetes'
import type { PropsOf } from '../rule/index.ts'

/** A Service that an Ingress leads to. */
export interface Backend {
  at: string
  name: string
  port: { name?: string | undefined; number?: number | undefined } | undefined
}

/** All Services that an Ingress leads to, with where it says so. */
export function backendsOf({ spec }: PropsOf<typeof networking.v1.Ingress>): Backend[] {
  const { defaultBackend, rules = [] } = spec ?? {}
  const backends = [
    { at: 'spec.defaultBackend.service', service: defaultBackend?.service },
    ...rules.flatMap(({ http }, rule) =>
      (http?.paths ?? []).map(({ backend }, path) => ({
        at: `spec.rules[${rule}].http.paths[${path}].backend.service`,
        service: backend.service,
      })),
    ),
  ]
  return backends.flatMap(({ at, service }) => (service ? [{ at, name: service.name, port: service.port }] : []))
}
