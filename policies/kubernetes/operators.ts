import type { types } from '@pulumi/kubernetes'
import type { Unwrap } from '@pulumi/pulumi'
import { type About, custom, type Kind, type Rule, resourceRule, type Tell } from '../rule/index.ts'
import { typeOf } from '../rule/kind.ts'
import type { Container, PodSpec } from './pods.ts'

type Resources = Unwrap<types.input.core.v1.ResourceRequirements>

interface Metadata {
  name?: string
  namespace?: string
}

/** Zalando's operator, as far as rules read it. */
export const POSTGRESQL = custom<{
  metadata?: Metadata
  spec: {
    teamId?: string
    numberOfInstances?: number
    dockerImage?: string
    users?: Record<string, string[] | null>
    tls?: { secretName?: string }
    patroni?: { pg_hba?: string[] }
    spiloRunAsUser?: number
  } & Partial<Record<(typeof EXPOSING)[number], boolean>>
}>('kubernetes:acid.zalan.do/v1:postgresql')

/** By what a `postgresql` opens itself to where its namespace does not reach. */
export const EXPOSING = [
  'enableMasterLoadBalancer',
  'enableMasterNodePort',
  'enableMasterPoolerLoadBalancer',
  'enableMasterPoolerNodePort',
  'enableReplicaLoadBalancer',
  'enableReplicaNodePort',
  'enableReplicaPoolerLoadBalancer',
  'enableReplicaPoolerNodePort',
] as const

/** RabbitMQ's cluster operator. */
export const RABBITMQ = custom<{
  metadata?: Metadata
  spec?: {
    replicas?: number
    service?: { type?: string }
    tls?: { secretName?: string; disableNonTLSListeners?: boolean }
  }
}>('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster')

interface Envoys {
  envoyDaemonSet?: object
  envoyDeployment?: { replicas?: number }
  envoyHpa?: { minReplicas?: number }
  envoyPDB?: object
  envoyService?: { type?: string }
}

/** Envoy Gateway: how it makes the proxies of a Gateway. */
export const ENVOY_PROXY = custom<{ metadata?: Metadata; spec?: { provider?: { kubernetes?: Envoys } } }>(
  'kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy',
)

/** What custom resources of all three say of the pods that come of them. */
interface Said {
  image: string
  /** Variables of the operator's own container. */
  env: Container['env']
  resources: Resources
  replicas: number
  priorityClassName: string
  topologySpreadConstraints: PodSpec['topologySpreadConstraints']
  affinity: PodSpec['affinity']
  /** Containers beside the operator's own, and what overrides it. */
  containers: Container[]
  initContainers: Container[]
}

/** Where they say it. */
const PATHS: Record<string, Partial<Record<keyof Said, string>>> = {
  [typeOf(POSTGRESQL)]: {
    image: 'spec.dockerImage',
    env: 'spec.env',
    resources: 'spec.resources',
    replicas: 'spec.numberOfInstances',
    priorityClassName: 'spec.podPriorityClassName',
    topologySpreadConstraints: 'spec.topologySpreadConstraints',
    containers: 'spec.sidecars',
    initContainers: 'spec.initContainers',
  },
  [typeOf(RABBITMQ)]: {
    image: 'spec.image',
    resources: 'spec.resources',
    replicas: 'spec.replicas',
    affinity: 'spec.affinity',
    ...inTemplate('spec.override.statefulSet.spec.template.spec'),
  },
  [typeOf(ENVOY_PROXY)]: {
    image: 'spec.provider.kubernetes.envoyDeployment.container.image',
    env: 'spec.provider.kubernetes.envoyDeployment.container.env',
    resources: 'spec.provider.kubernetes.envoyDeployment.container.resources',
    replicas: 'spec.provider.kubernetes.envoyDeployment.replicas',
    priorityClassName: 'spec.provider.kubernetes.envoyDeployment.pod.priorityClassName',
    topologySpreadConstraints: 'spec.provider.kubernetes.envoyDeployment.pod.topologySpreadConstraints',
    affinity: 'spec.provider.kubernetes.envoyDeployment.pod.affinity',
    initContainers: 'spec.provider.kubernetes.envoyDeployment.initContainers',
  },
}

function inTemplate(spec: string) {
  const keys = ['priorityClassName', 'topologySpreadConstraints', 'containers', 'initContainers'] as const
  return Object.fromEntries(keys.map((key) => [key, `${spec}.${key}`]))
}

/** Custom resources of which operators make pods. */
export const OPERATED: Kind[] = [POSTGRESQL, RABBITMQ, ENVOY_PROXY]

/** Pods that an operator makes of a custom resource, by what the resource says of them. */
export class OperatedPods {
  readonly type: string
  readonly #props: Record<string, unknown>
  readonly #paths: Partial<Record<keyof Said, string>>

  constructor({ type, props }: { type: string; props: Record<string, unknown> }) {
    this.type = type
    this.#props = props
    this.#paths = type === typeOf(ENVOY_PROXY) ? pathsOfEnvoy(props) : (PATHS[type] ?? {})
  }

  /** Path of what the resource says, undefined where its kind has no word for it. */
  at(what: keyof Said): string | undefined {
    return this.#paths[what]
  }

  /** What it says, undefined where it says nothing. Nothing else of it is read. */
  get<What extends keyof Said>(what: What): Said[What] | undefined {
    const path = this.#paths[what]
    return path === undefined ? undefined : (valueAt(this.#props, path) as Said[What] | undefined)
  }

  /** What it says of containers beside the operator's own, each with its path. */
  get containers(): { container: Container; at: string }[] {
    return (['containers', 'initContainers'] as const).flatMap((list) =>
      (this.get(list) ?? []).map((container, index) => ({ container, at: `${this.at(list)}[${index}]` })),
    )
  }
}

/** Envoy Gateway's proxies say the same at another place as a DaemonSet, and their number where they are scaled. */
function pathsOfEnvoy(props: Record<string, unknown>): Partial<Record<keyof Said, string>> {
  const all = PATHS[typeOf(ENVOY_PROXY)] ?? {}
  const { replicas, ...paths } = all
  const { envoyDaemonSet, envoyHpa } = (valueAt(props, 'spec.provider.kubernetes') ?? {}) as Envoys
  if (envoyDaemonSet)
    return Object.fromEntries(
      Object.entries(paths).map(([what, path]) => [what, path.replace('.envoyDeployment', '.envoyDaemonSet')]),
    )
  return envoyHpa ? { ...all, replicas: 'spec.provider.kubernetes.envoyHpa.minReplicas' } : all
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
}

/** A rule about the pods that operators make: it is asked for each of their custom resources. */
export function operatorRule<Settings>(
  about: About<Settings>,
  check: (pods: OperatedPods, tell: Tell, settings: Settings) => void,
): Rule {
  return resourceRule(about, OPERATED, (_props, tell, { resource, settings }) =>
    check(new OperatedPods(resource), tell, settings),
  )
}
