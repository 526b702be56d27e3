import type { Declared } from './declared.ts'

/** Load balancers and the host names that each serves. */
export interface EdgePlan {
  /** All load balancers: declared as such, or made by an object of the cluster. */
  balancers: { name: string; kind: 'load balancer' | 'network load balancer'; mbps: number }[]
  /**
   * Certificates for readers' hosts: how many hosts each serves, and what is free of {@link HOSTS_PER_CERTIFICATE}. A
   * wildcard serves any number.
   */
  certificates: { name: string; hosts: number; free: number | null }[]
  /** Host names that are routed to cells. */
  hosts: number
  /** Those that no certificate names. */
  uncertified: string[]
}

/** Names that a load balancer's certificate may hold: an authority takes 100, some are kept for what is not foreseen. */
export const HOSTS_PER_CERTIFICATE = 90

const BALANCER_ID = 'oci-native-ingress.oraclecloud.com/id'
const INGRESS_CONTROLLER = 'oci.oraclecloud.com/native-ingress-controller'

interface Metadata {
  name: string
  namespace?: string
  annotations?: Record<string, string>
}

export function planEdge(declared: Declared): EdgePlan {
  const routed = new Set(
    declared
      .of<{ spec: { hostnames?: string[] } }>('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute')
      .flatMap(({ inputs: { spec } }) => spec.hostnames ?? []),
  )
  const certificates = declared
    .of<{ metadata: Metadata; spec: { dnsNames?: string[] } }>('kubernetes:cert-manager.io/v1:Certificate')
    .map(({ inputs: { metadata, spec } }) => ({ name: metadata.name, names: spec.dnsNames ?? [] }))
    // The identity provider's host is on no route, and servers inside the cluster have certificates of their own.
    .filter(({ names }) => [...routed].some((host) => names.some((name) => covers(name, host))))
  return {
    balancers: [...ownBalancers(declared), ...ingressBalancers(declared), ...serviceBalancers(declared)],
    certificates: certificates.map(({ name, names }) => {
      const hosts = [...routed].filter((host) => names.some((own) => covers(own, host))).length
      const wildcard = names.some((own) => own.startsWith('*.'))
      return { name, hosts, free: wildcard ? null : HOSTS_PER_CERTIFICATE - hosts }
    }),
    hosts: routed.size,
    uncertified: [...routed].filter(
      (host) => !certificates.some(({ names }) => names.some((name) => covers(name, host))),
    ),
  }
}

function ownBalancers(declared: Declared): EdgePlan['balancers'] {
  return declared
    .of<{ displayName: string; shapeDetails?: { minimumBandwidthInMbps: number } }>(
      'oci:LoadBalancer/loadBalancer:LoadBalancer',
    )
    .map(({ inputs: { displayName, shapeDetails } }) => ({
      name: displayName,
      kind: 'load balancer',
      mbps: shapeDetails?.minimumBandwidthInMbps ?? 0,
    }))
}

/** An IngressClass of the native ingress controller is a load balancer, if it does not name one that is there. */
function ingressBalancers(declared: Declared): EdgePlan['balancers'] {
  const parameters = new Map(
    declared
      .of<{ metadata: Metadata; spec: { minBandwidthMbps?: number } }>(
        'kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters',
      )
      .map(({ inputs: { metadata, spec } }) => [metadata.name, spec.minBandwidthMbps ?? 0]),
  )
  return declared
    .of<{ metadata: Metadata; spec: { controller?: string; parameters?: { name: string } } }>(
      'kubernetes:networking.k8s.io/v1:IngressClass',
    )
    .filter(
      ({ inputs: { metadata, spec } }) =>
        spec.controller === INGRESS_CONTROLLER && !(BALANCER_ID in (metadata.annotations ?? {})),
    )
    .map(({ inputs: { metadata, spec } }) => ({
      name: metadata.name,
      kind: 'load balancer',
      mbps: parameters.get(spec.parameters?.name ?? '') ?? 0,
    }))
}

function serviceBalancers(declared: Declared): EdgePlan['balancers'] {
  const annotated = (annotations: Record<string, string> | undefined, name: string) => annotations?.[name]
  return declared
    .of<{ metadata: Metadata; spec: { type?: string } }>('kubernetes:core/v1:Service')
    .filter(({ inputs: { spec } }) => spec.type === 'LoadBalancer')
    .map(({ inputs: { metadata } }) => {
      const network = annotated(metadata.annotations, 'oci.oraclecloud.com/load-balancer-type') === 'nlb'
      return {
        name: metadata.name,
        kind: network ? 'network load balancer' : 'load balancer',
        mbps: Number(
          annotated(metadata.annotations, 'service.beta.kubernetes.io/oci-load-balancer-shape-flex-min') ?? 0,
        ),
      }
    })
}

/** A wildcard covers one label. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1))
}
