import { core, helm } from '@pulumi/kubernetes'
import type { PolicyResource, ResourceValidationArgs } from '@pulumi/policy'
import { type Declared, type Each, type Kind, type Stack, setting } from '../rule/index.ts'
import { envoyOf, type GATEWAY, GATEWAYS } from './gateways.ts'
import { namespaceOf, objectName } from './objects.ts'
import { POSTGRESQL, RABBITMQ } from './operators.ts'
import { type PodSpec, podsOf, WORKLOADS } from './pods.ts'
import type { Labels } from './selector.ts'

/** Pods alike: those of a workload, or those that an operator makes of a custom resource. */
export interface PodGroup {
  /** Name and URN of the resource that declares them. */
  name: string
  urn: string
  resource: PolicyResource
  /** `Deployment`, `RabbitmqCluster`, … */
  kind: string
  namespace: string
  labels: Labels
  /** How many; undefined where nobody says, as of a DaemonSet or a Job. */
  replicas: number | undefined
  /** Whether they use their nodes' addresses, which network policies do not concern. */
  hostNetwork: boolean
  /** Names of their containers' ports; undefined where an operator chooses them. */
  ports: string[] | undefined
  /** Undefined where an operator writes it. */
  spec: PodSpec | undefined
  /** Whether the operator sees to a disruption budget. */
  budgeted: boolean
}

/**
 * Goes over all pods of a stack, as far as it shows them: not those of charts.
 *
 * @param each of the rule, so that pods which cannot be judged do not hide what is wrong with others
 */
export function eachGroup(stack: Stack, each: Each, judge: (group: PodGroup) => void): void {
  each(WORKLOADS, (workload) => ofWorkload(workload).forEach(judge))
  each(POSTGRESQL, (database) => judge(ofPostgresql(database)))
  each(RABBITMQ, (queue) => judge(ofRabbitmq(queue)))
  each(GATEWAYS, (gateway) => ofGateway(stack, gateway).forEach(judge))
}

/** All of these pods, for rules about what is beside them. */
export function podGroups(stack: Stack): PodGroup[] {
  const groups: PodGroup[] = []
  eachGroup(
    stack,
    (kinds, judge) => stack.of(kinds).forEach(judge),
    (group) => groups.push(group),
  )
  return groups
}

/** Kinds that say how many pods they have: one, where they say nothing. */
const REPLICATED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']

function ofWorkload(workload: Declared<Kind>): PodGroup[] {
  const { name, urn, resource } = workload
  const pods = podsOf(resource as unknown as ResourceValidationArgs)
  if (!pods) return []
  const { kind, labels, spec, containers } = pods
  return [
    {
      name,
      urn,
      resource,
      kind,
      namespace: namespaceOf(workload),
      labels,
      replicas: REPLICATED.includes(kind) ? (resource.props.spec.replicas ?? 1) : undefined,
      hostNetwork: spec.hostNetwork === true,
      get ports() {
        return containers.flatMap(({ container }) => (container.ports ?? []).flatMap((port) => port.name ?? []))
      },
      spec,
      budgeted: false,
    },
  ]
}

/** What all groups of operators have in common. */
function operated(declared: Declared<Kind>, kind: string) {
  const { name, urn, resource } = declared
  const namespace = namespaceOf(declared)
  return { name, urn, resource, kind, namespace, hostNetwork: false, ports: undefined, spec: undefined }
}

function ofPostgresql(declared: Declared<typeof POSTGRESQL>): PodGroup {
  const { numberOfInstances = 1, teamId = '' } = declared.props.spec
  return {
    ...operated(declared, 'postgresql'),
    labels: { application: 'spilo', 'cluster-name': objectName(declared), team: teamId },
    replicas: numberOfInstances,
    budgeted: true,
  }
}

function ofRabbitmq(declared: Declared<typeof RABBITMQ>): PodGroup {
  return {
    ...operated(declared, 'RabbitmqCluster'),
    labels: {
      'app.kubernetes.io/name': objectName(declared),
      'app.kubernetes.io/component': 'rabbitmq',
      'app.kubernetes.io/part-of': 'rabbitmq',
    },
    replicas: declared.props.spec?.replicas ?? 1,
    budgeted: false,
  }
}

/** Proxies that Envoy Gateway makes of a Gateway that names how. */
function ofGateway(stack: Stack, declared: Declared<typeof GATEWAY>): PodGroup[] {
  const proxy = envoyOf(stack, declared)
  if (!proxy) return []
  const { envoyDaemonSet, envoyDeployment, envoyHpa, envoyPDB } = proxy.props.spec?.provider?.kubernetes ?? {}
  return [
    {
      ...operated(declared, 'Gateway'),
      labels: {
        'app.kubernetes.io/name': 'envoy',
        'app.kubernetes.io/component': 'proxy',
        'app.kubernetes.io/managed-by': 'envoy-gateway',
        'gateway.envoyproxy.io/owning-gateway-name': objectName(declared),
        'gateway.envoyproxy.io/owning-gateway-namespace': namespaceOf(declared),
      },
      replicas: envoyDaemonSet ? undefined : ((envoyHpa ? envoyHpa.minReplicas : envoyDeployment?.replicas) ?? 1),
      budgeted: envoyPDB !== undefined,
    },
  ]
}

/** A Service, the operators' too. */
export interface ServiceOf {
  namespace: string
  name: string
  /** Undefined where an operator chooses them. */
  ports: { name?: string | undefined; port: number }[] | undefined
}

/** All Services of a stack, and those that operators make of its custom resources. */
export function servicesOf(stack: Stack): ServiceOf[] {
  const named = (declared: Declared<Kind>, ...suffixes: string[]) =>
    suffixes.map((suffix) => ({
      namespace: namespaceOf(declared),
      name: `${objectName(declared)}${suffix}`,
      ports: undefined,
    }))
  return [
    ...stack.of(core.v1.Service).map((declared) => ({
      namespace: namespaceOf(declared),
      name: objectName(declared),
      ports: declared.props.spec?.ports ?? [],
    })),
    ...stack.of(POSTGRESQL).flatMap((one) => named(one, '', '-repl', '-config', '-pooler', '-pooler-repl')),
    ...stack.of(RABBITMQ).flatMap((one) => named(one, '', '-nodes')),
    // Envoy Gateway in the Gateway's namespace, and Istio.
    ...stack.of(GATEWAYS).flatMap((one) =>
      named(one, '', `-${one.props.spec?.gatewayClassName}`).map((service) => ({
        ...service,
        ports: one.props.spec?.listeners ?? [],
      })),
    ),
  ]
}

/** The setting `elsewhere` of rules that ask whether anything is there. */
export const ELSEWHERE = setting<string[]>([], {
  type: 'array',
  items: { type: 'string' },
  description: 'Namespaces where something else makes pods and Services too: what is missing there is not missed.',
})

/** Namespaces where not everything shows: what a chart makes is no resource of the stack. */
export function hiding(stack: Stack, elsewhere: string[]): Set<string> {
  return new Set([...elsewhere, ...stack.of(helm.v3.Release).map(({ props }) => props.namespace ?? 'default')])
}
