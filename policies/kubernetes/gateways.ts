import { custom, type Declared, type Stack } from '../rule/index.ts'
import { namespaceOf, objectName } from './objects.ts'
import { ENVOY_PROXY } from './operators.ts'

/** A Gateway of the Gateway API, as far as rules read it. */
export interface Gateway {
  metadata?: { name?: string; namespace?: string }
  spec?: {
    gatewayClassName?: string
    infrastructure?: { parametersRef?: { group?: string; kind: string; name: string } }
    listeners?: Listener[]
  }
}

interface Listener {
  name: string
  port: number
  protocol: string
  tls?: { mode?: string; certificateRefs?: object[]; options?: object }
}

export const GATEWAY = custom<Gateway>('kubernetes:gateway.networking.k8s.io/v1:Gateway')

/** Gateways of every version. */
export const GATEWAYS = [GATEWAY, custom<Gateway>('kubernetes:gateway.networking.k8s.io/v1beta1:Gateway')]

interface Reference {
  group?: string
  kind?: string
  name: string
  namespace?: string
  port?: number
  sectionName?: string
}

/** A route of the Gateway API. */
export interface Route {
  metadata?: { name?: string; namespace?: string }
  spec?: {
    parentRefs?: Reference[]
    rules?: {
      backendRefs?: Reference[]
      filters?: { type: string; requestRedirect?: { scheme?: string } }[]
    }[]
  }
}

export const HTTP_ROUTE = custom<Route>('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute')

/** Routes of every protocol. */
export const ROUTES = [
  HTTP_ROUTE,
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1beta1:HTTPRoute'),
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1:GRPCRoute'),
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1:TLSRoute'),
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1alpha2:TLSRoute'),
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1alpha2:TCPRoute'),
  custom<Route>('kubernetes:gateway.networking.k8s.io/v1alpha2:UDPRoute'),
]

/** Whether a listener of a Gateway does nothing but send requests on to HTTPS. */
export function redirects(stack: Stack, gateway: Declared<typeof GATEWAY>, { name, port }: Listener): boolean {
  const attached = stack
    .of(ROUTES)
    .filter((route) =>
      route.props.spec?.parentRefs?.some(
        (parent) =>
          parent.name === objectName(gateway) &&
          (parent.namespace ?? namespaceOf(route)) === namespaceOf(gateway) &&
          (parent.sectionName ?? name) === name &&
          (parent.port ?? port) === port,
      ),
    )
  const rules = attached.flatMap(({ props }) => props.spec?.rules ?? [])
  return (
    rules.length > 0 &&
    rules.every(({ filters = [] }) => filters.some(({ requestRedirect }) => requestRedirect?.scheme === 'https'))
  )
}

/** How Envoy Gateway makes the proxies of a Gateway, where the Gateway names it. */
export function envoyOf(stack: Stack, gateway: Declared<typeof GATEWAY>): Declared<typeof ENVOY_PROXY> | undefined {
  const { parametersRef } = gateway.props.spec?.infrastructure ?? {}
  if (parametersRef?.kind !== 'EnvoyProxy') return undefined
  return stack
    .of(ENVOY_PROXY)
    .find((proxy) => objectName(proxy) === parametersRef.name && namespaceOf(proxy) === namespaceOf(gateway))
}
