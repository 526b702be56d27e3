import { custom } from '../rule/index.ts'

interface Metadata {
  name: string
  namespace?: string
  labels?: Record<string, string>
}

interface Object<Spec> {
  metadata: Metadata
  spec: Spec
}

/** Custom resources of this platform, as far as rules read them. */
export const HTTPRoute = custom<
  Object<{
    hostnames?: string[]
    parentRefs?: { name: string; namespace?: string; sectionName?: string }[]
    rules?: {
      backendRefs?: { kind?: string; name: string; namespace?: string; port?: number }[]
      filters?: { type: string; requestRedirect?: { scheme?: string } }[]
    }[]
  }>
>('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute')

export const Gateway = custom<
  Object<{
    listeners: {
      name: string
      port: number
      allowedRoutes?: {
        namespaces?: {
          from?: string
          selector?: {
            matchLabels?: Record<string, string>
            matchExpressions?: { key: string; operator: string; values?: string[] }[]
          }
        }
      }
    }[]
  }>
>('kubernetes:gateway.networking.k8s.io/v1:Gateway')

export const Issuer = custom<Object<{ acme?: object }>>('kubernetes:cert-manager.io/v1:Issuer')

export const Certificate = custom<
  Object<{
    commonName?: string
    dnsNames?: string[]
    secretName: string
    issuerRef: { kind?: string; name: string }
    duration?: string
    renewBefore?: string
    privateKey?: { rotationPolicy?: string }
  }>
>('kubernetes:cert-manager.io/v1:Certificate')

export const IngressClassParameters = custom<Object<{ isPrivate?: boolean; reservedPublicAddressId?: string }>>(
  'kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters',
)

export const Postgresql = custom<Object<{ env?: { name: string; value?: string }[] }>>(
  'kubernetes:acid.zalan.do/v1:postgresql',
)

export const RabbitmqCluster = custom<Object<object>>('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster')

/** What tells an object in a cluster from all others of its kind. */
export function keyOf({
  metadata,
}: {
  metadata: { name?: string | undefined; namespace?: string | undefined }
}): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}
