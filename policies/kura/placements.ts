import { helm } from '@pulumi/kubernetes'
import { containerengine } from '@pulumi/oci'
import type { PodSpec } from '../../tools/plan/model.ts'
import { podsOf, WORKLOADS } from '../kubernetes/pods.ts'
import { custom, type Declared, type Kind, type Stack } from '../rule/index.ts'

/** Where pods of a resource run, and what goes before what there: said by a workload itself, or for pods others make. */
export interface Placement extends Pick<PodSpec, 'nodeSelector' | 'affinity' | 'tolerations'> {
  resource: Declared<Kind>
  namespace: string | undefined
  /** Path below which it is said, such as `spec.template.spec`. */
  at: string
  /** A DaemonSet runs wherever taints let it. */
  daemon: boolean
  /** A Job's pods end. */
  job: boolean
  priority?: string | undefined
}

type Said = Pick<PodSpec, 'nodeSelector' | 'affinity' | 'tolerations'> & {
  priorityClassName?: string
}
interface Metadata {
  name: string
  namespace?: string
}

const Postgresql = custom<{
  metadata: Metadata
  spec: Pick<Said, 'tolerations'> & {
    nodeAffinity?: NonNullable<PodSpec['affinity']>['nodeAffinity']
    podPriorityClassName?: string
  }
}>('kubernetes:acid.zalan.do/v1:postgresql')

const RabbitmqCluster = custom<{
  metadata: Metadata
  spec: Pick<Said, 'affinity' | 'tolerations'> & {
    override?: { statefulSet?: { spec?: { template?: { spec?: Said } } } }
  }
}>('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster')

const EnvoyProxy = custom<{
  metadata: Metadata
  spec: { provider?: { kubernetes?: { envoyDeployment?: { pod?: Said } } } }
}>('kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy')

/** Everything that puts pods on nodes. */
export const PLACED: Kind[] = [
  ...WORKLOADS,
  Postgresql,
  RabbitmqCluster,
  EnvoyProxy,
  helm.v3.Release,
  containerengine.Addon,
]

/** All that a stack says of where pods run. */
export function placementsOf(stack: Stack): Placement[] {
  return [
    ...stack.of(WORKLOADS).flatMap((resource) => {
      const pods = podsOf(resource.resource)
      if (!pods) return []
      const { namespace, at, kind } = pods
      const spec = pods.spec as Said
      return placed({ resource, namespace, at, daemon: kind === 'DaemonSet', job: /Job$/.test(kind) }, spec)
    }),
    ...stack.of(Postgresql).map((resource) => {
      const { metadata, spec } = resource.props
      const affinity = spec.nodeAffinity && { nodeAffinity: spec.nodeAffinity }
      return placed(by(resource, metadata, 'spec'), affinity ? { ...said(spec), affinity } : said(spec), {
        priority: spec.podPriorityClassName,
      })
    }),
    ...stack.of(RabbitmqCluster).map((resource) => {
      const { metadata, spec } = resource.props
      const template = spec.override?.statefulSet?.spec?.template?.spec
      return placed(by(resource, metadata, 'spec'), said(spec), {
        priority: template?.priorityClassName,
      })
    }),
    ...stack.of(EnvoyProxy).map((resource) => {
      const { metadata, spec } = resource.props
      const pod = spec.provider?.kubernetes?.envoyDeployment?.pod ?? {}
      return placed(by(resource, metadata, 'spec.provider.kubernetes.envoyDeployment.pod'), pod)
    }),
    ...stack.of(helm.v3.Release).flatMap((resource) => {
      const { namespace, values = {} } = resource.props as { namespace?: string; values?: object }
      const selectors = selectorsIn(values)
      // A chart whose values name no node has pods too.
      return (selectors.length === 0 ? [{ at: 'values' }] : selectors).map((found) => ({
        resource,
        namespace,
        daemon: false,
        job: false,
        ...found,
      }))
    }),
    ...stack.of(containerengine.Addon).map((resource) => {
      const parsed = (name: string) =>
        JSON.parse((resource.props.configurations ?? []).find(({ key }) => key === name)?.value ?? 'null') ?? undefined
      const told = { nodeSelector: parsed('nodeSelectors'), tolerations: parsed('tolerations') }
      // Oracle does not say which add-ons are DaemonSets: those that tolerate everything.
      return placed(
        {
          resource,
          namespace: 'kube-system',
          at: 'configurations',
          daemon: told.tolerations !== undefined,
          job: false,
        },
        told,
      )
    }),
  ]
}

type Where = Pick<Placement, 'resource' | 'namespace' | 'at' | 'daemon' | 'job'>

const by = (resource: Declared<Kind>, { namespace }: Metadata, at: string): Where => ({
  resource,
  namespace,
  at,
  daemon: false,
  job: false,
})

function placed(where: Where, told: Said, beside: Pick<Placement, 'priority'> = {}): Placement {
  return { ...where, ...said(told), priority: told.priorityClassName, ...beside }
}

function said({ nodeSelector, affinity, tolerations }: Said): Pick<Said, 'nodeSelector' | 'affinity' | 'tolerations'> {
  return { ...(nodeSelector && { nodeSelector }), ...(affinity && { affinity }), ...(tolerations && { tolerations }) }
}

/** Every part of a chart's values that selects nodes: charts put it where they like. */
function selectorsIn(values: object, at = 'values'): { at: string; nodeSelector: Record<string, string> }[] {
  return Object.keys(values).flatMap((key) => {
    // Reads no single value: it may not be known yet.
    const inner = Reflect.getOwnPropertyDescriptor(values, key)?.value
    if (inner === null || typeof inner !== 'object') return []
    const value = values[key as keyof typeof values]
    return key === 'nodeSelector' ? [{ at, nodeSelector: value }] : selectorsIn(value, `${at}.${key}`)
  })
}
