import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'

type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer
type Ingress = kubernetes.types.input.networking.v1.NetworkPolicyIngressRule
type Egress = kubernetes.types.input.networking.v1.NetworkPolicyEgressRule

/** Ranges that are not the public internet: private networks, link-local addresses with the instances' metadata. */
const NOT_PUBLIC = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']

export const tcp = (port: number | string) => ({ protocol: 'TCP', port })

/** Pods of a namespace: all, or those with these labels. */
export function inNamespace(namespace: string, labels?: Record<string, string>): Peer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...(labels ? { podSelector: { matchLabels: labels } } : {}),
  }
}

/** To the cluster's DNS. */
export const toNames: Egress = {
  to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })],
  ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
}

/** To the public internet, and to Oracle's services: their addresses change, so a policy cannot list them. */
export const toPublic: Egress = { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }], ports: [tcp(443)] }

/** To the cluster's own API, whose endpoint has one of the VCN's addresses. */
export const toKubernetes = (addresses: string): Egress => ({
  to: [{ ipBlock: { cidr: addresses } }],
  ports: [tcp(6443)],
})

/** From the collector of metrics. */
export const fromMetrics = (...ports: number[]): Ingress => ({
  from: [inNamespace('kura-operations', { 'app.kubernetes.io/name': 'prometheus' })],
  ports: ports.map(tcp),
})

interface TrafficArgs {
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Which pods; without it, all of the namespace. */
  pods?: Record<string, string>
  ingress?: Ingress[]
  egress?: Egress[]
}

/**
 * A NetworkPolicy: what it lists may pass, in the directions that it lists. Without any, it denies both. Probes come
 * from the pod's own node, which policies do not concern.
 */
export function allow(
  name: string,
  suffix: string,
  { namespace, labels, pods, ingress, egress }: TrafficArgs,
  parent: pulumi.Resource,
) {
  const denied = ingress === undefined && egress === undefined
  return new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: suffix, namespace, labels },
      spec: {
        podSelector: pods ? { matchLabels: pods } : {},
        policyTypes: [...(ingress || denied ? ['Ingress'] : []), ...(egress || denied ? ['Egress'] : [])],
        ...(ingress ? { ingress } : {}),
        ...(egress ? { egress } : {}),
      },
    },
    { parent },
  )
}
