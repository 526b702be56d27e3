import { apps, batch, core, type types } from '@pulumi/kubernetes'
import type { ResourceValidationArgs } from '@pulumi/policy'
import type { Unwrap } from '@pulumi/pulumi'
import { type About, type Kind, type Rule, resourceRule, stackRule, type Tell } from '../rule/index.ts'
import { namespaceOf, objectName } from './objects.ts'

export type PodSpec = Unwrap<types.input.core.v1.PodSpec>
export type Container = Unwrap<types.input.core.v1.Container>

/** The label of a namespace that says what the API server refuses there: `privileged`, `baseline` or `restricted`. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce'

/** As much of a resource as says which pods it declares. */
type Declares = Pick<ResourceValidationArgs, 'type' | 'props' | 'provider'>

/** Pods as a resource declares them: one for a Pod, a template for everything that makes pods. */
export interface Pods<Resource extends Declares = Declares> {
  resource: Resource
  /** `Deployment`, `CronJob`, … */
  kind: string
  namespace: string
  labels: Record<string, string>
  annotations: Record<string, string>
  spec: PodSpec
  /** Path of the specification, such as `spec.template.spec`. */
  at: string
  /** Every container, init and ephemeral ones too, with its path. */
  containers: { container: Container; at: string; stage: 'init' | 'main' | 'ephemeral' }[]
}

/** Everything that declares pods in a form of Kubernetes' own. */
export const WORKLOADS: Kind[] = [
  core.v1.Pod,
  apps.v1.Deployment,
  apps.v1.StatefulSet,
  apps.v1.DaemonSet,
  apps.v1.ReplicaSet,
  core.v1.ReplicationController,
  batch.v1.Job,
  batch.v1.CronJob,
]

/** A rule about the pods of every workload: it is asked once for each template. */
export function podRule<Settings>(
  about: About<Settings>,
  check: (pods: Pods, tell: Tell, settings: Settings) => void,
): Rule {
  return resourceRule(about, WORKLOADS, (_props, tell, { resource, settings }) => {
    const pods = podsOf(resource)
    if (pods) check(pods, tell, settings)
  })
}

/**
 * A rule about the pods of namespaces that are restricted: it is asked once for each template. What a Namespace enforces
 * is what its pods are held to, so that one which is declared `baseline` breaks nothing. One that says nothing, or that
 * the stack does not declare, counts as restricted.
 */
export function restrictedPodRule<Settings>(
  about: About<Settings>,
  check: (pods: Pods, tell: Tell, settings: Settings) => void,
): Rule {
  return stackRule(about, WORKLOADS, (_stack, tell, { each, settings }) => {
    // Every cluster runs its own agents here, which need more of a machine than any level allows.
    const levels = new Map([['kube-system', 'privileged']])
    each(core.v1.Namespace, (namespace) => {
      levels.set(objectName(namespace), namespace.props.metadata?.labels?.[ENFORCE] ?? 'restricted')
    })
    const restricted = ({ namespace }: Pods) =>
      !['privileged', 'baseline'].includes(levels.get(namespace) ?? 'restricted')
    each(WORKLOADS, (workload) => {
      const pods = podsOf(workload.resource)
      if (pods && restricted(pods)) check(pods, (violation) => tell(workload, violation), settings)
    })
  })
}

interface Template {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec?: PodSpec
}

/** The pods that a workload declares; undefined for every other resource, and for one that declares none. */
export function podsOf<Resource extends Declares>(resource: Resource): Pods<Resource> | undefined {
  const [, , kind = ''] = resource.type.split(':')
  const { metadata, spec } = resource.props as {
    metadata?: Template['metadata']
    spec?: PodSpec & { template?: Template; jobTemplate?: { spec?: { template?: Template } } }
  }
  const [at, template]: [string, Template | undefined] =
    kind === 'Pod'
      ? ['spec', { ...(metadata && { metadata }), ...(spec && { spec }) }]
      : kind === 'CronJob'
        ? ['spec.jobTemplate.spec.template.spec', spec?.jobTemplate?.spec?.template]
        : ['spec.template.spec', spec?.template]
  if (!template?.spec) return undefined
  const listed = (stage: 'init' | 'main' | 'ephemeral', key: 'initContainers' | 'containers' | 'ephemeralContainers') =>
    ((template.spec?.[key] ?? []) as Container[]).map((container, index) => ({
      container,
      at: `${at}.${key}[${index}]`,
      stage,
    }))
  return {
    resource,
    kind,
    // Read when they are asked for: a rule that needs none of them can judge a pod where they are not known yet.
    get namespace() {
      return namespaceOf({ resource })
    },
    get labels() {
      return template.metadata?.labels ?? {}
    },
    get annotations() {
      return template.metadata?.annotations ?? {}
    },
    spec: template.spec,
    at,
    containers: [
      ...listed('init', 'initContainers'),
      ...listed('main', 'containers'),
      ...listed('ephemeral', 'ephemeralContainers'),
    ],
  }
}
