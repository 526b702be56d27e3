import { networking } from '@pulumi/kubernetes'
import type { Declared, Stack } from '../rule/index.ts'
import { IngressClassParameters } from './kinds.ts'

const CONTROLLER = 'oci.oraclecloud.com/native-ingress-controller'

/** What the annotations of the native ingress controller begin with. */
export const INGRESS = 'oci-native-ingress.oraclecloud.com/'

/** A public load balancer, as the native ingress controller is told of it. */
export interface Door {
  ingressClass: Declared<typeof networking.v1.IngressClass>
  parameters: Declared<typeof IngressClassParameters> | undefined
}

/** The public load balancers that IngressClasses stand for. One whose parameters are not declared counts as public. */
export function publicDoors(stack: Stack): Door[] {
  return stack
    .of(networking.v1.IngressClass)
    .filter(({ props }) => props.spec?.controller === CONTROLLER)
    .map((ingressClass) => {
      const { name, namespace } = ingressClass.props.spec?.parameters ?? {}
      const parameters = stack
        .of(IngressClassParameters)
        .find(({ props: { metadata } }) => metadata.name === name && metadata.namespace === namespace)
      return { ingressClass, parameters }
    })
    .filter(({ parameters }) => parameters?.props.spec.isPrivate !== true)
}

/** The Ingresses that a door serves by one protocol. */
export function ingressesOf(
  stack: Stack,
  { ingressClass }: Door,
  protocol: 'http' | 'https',
): Declared<typeof networking.v1.Ingress>[] {
  return stack
    .of(networking.v1.Ingress)
    .filter(
      ({ props: { metadata, spec } }) =>
        spec?.ingressClassName === ingressClass.props.metadata?.name &&
        metadata?.annotations?.[`${INGRESS}${protocol}-listener-port`] !== undefined,
    )
}
