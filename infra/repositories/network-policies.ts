import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { Settings } from '../settings.ts'
import { PORTS } from './configuration.ts'

type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer

/** Ranges that are not the public internet: private networks, link-local addresses with the instances' metadata. */
const NOT_PUBLIC = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']

const tcp = (port: number | string) => ({ protocol: 'TCP', port })

function inNamespace(namespace: string, labels?: Record<string, string>): Peer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...(labels ? { podSelector: { matchLabels: labels } } : {}),
  }
}

interface PolicyArgs extends Pick<Settings, 'elasticsearch' | 'rabbitmq' | 'redis' | 'gateway'> {
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Labels of the pods that serve readers. */
  web: Record<string, string>
  /** Namespace of the services that keep data. */
  data: string
  databasePort: number
}

/**
 * What a cell's pods may reach, and who may reach them: nothing by default, then one named exception each. Probes come
 * from the pod's own node, which policies do not concern.
 */
export function networkPolicies(named: (suffix: string) => string, args: PolicyArgs, parent: pulumi.Resource) {
  const { namespace, labels, data } = args
  const service = (name: string, port: number) => ({
    to: [inNamespace(data, { 'app.kubernetes.io/name': name })],
    ports: [tcp(port)],
  })
  const exits: Record<string, kubernetes.types.input.networking.v1.NetworkPolicyEgressRule> = {
    names: {
      to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })],
      ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
    },
    database: service('pgpool', args.databasePort),
    search: service('elasticsearch', portOf(args.elasticsearch.url)),
    queue: service('rabbitmq', portOf(args.rabbitmq.url)),
    cache: service('redis', portOf(args.redis.url)),
    // Object storage and institutions' identity providers; their addresses change, so a policy cannot list them.
    objects: { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }], ports: [tcp(443)] },
  }
  const policy = (suffix: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec) =>
    new kubernetes.networking.v1.NetworkPolicy(
      named(suffix),
      { metadata: { name: suffix, namespace, labels }, spec },
      { parent },
    )

  policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
  policy('allow-services', { podSelector: {}, policyTypes: ['Egress'], egress: Object.values(exits) })
  policy('allow-gateway', {
    podSelector: { matchLabels: args.web },
    policyTypes: ['Ingress'],
    ingress: [{ from: [inNamespace(args.gateway.namespace)], ports: [tcp(PORTS.web)] }],
  })
}

const DEFAULT_PORTS: Record<string, number> = {
  'http:': 80,
  'https:': 443,
  'amqp:': 5672,
  'amqps:': 5671,
  'redis:': 6379,
  'rediss:': 6379,
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  const number = port === '' ? DEFAULT_PORTS[protocol] : Number(port)
  if (number === undefined) throw new Error(`${url} names no port`)
  return number
}
