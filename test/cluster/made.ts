import { leavesLost, POOL, tolerations } from '../../infra/cluster/placement.ts'
import { restrictedContainer, restrictedPod } from '../../infra/pod-security.ts'
import { resources, type Workload } from '../../infra/pods.ts'
import type { Declared } from '../../tools/plan/declared.ts'
import type { KubernetesObject } from './api.ts'

/**
 * What operators, charts and add-ons would make, none of which run here: as many pods, as large, and where their own
 * resources or their tellers say. What they contain is made up.
 */

/** Images are named and not pulled. */
const IMAGE = 'registry.example/stand-in'

interface Made {
  kind: Workload['kind']
  name: string
  namespace: string
  replicas?: number
  labels: Record<string, string>
  /** A pod's specification beside its containers' security. */
  pod: { containers: object[]; [field: string]: unknown }
  /** The volume of each pod. */
  volume?: { name: string; size: string; class: string }
  /** Of the workload itself. */
  more?: object
}

/** A workload whose pods the `restricted` standard accepts. */
function workload({ kind, name, namespace, replicas, labels, pod, volume, more = {} }: Made): KubernetesObject {
  const isJob = kind === 'Job'
  return {
    apiVersion: isJob ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      ...(isJob ? {} : { selector: { matchLabels: labels } }),
      ...(replicas === undefined ? {} : { replicas }),
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: restrictedPod,
          ...(isJob ? { restartPolicy: 'Never' } : {}),
          ...pod,
          containers: pod.containers.map((container) => ({
            image: IMAGE,
            securityContext: restrictedContainer,
            ...container,
          })),
        },
      },
      ...(volume === undefined
        ? {}
        : {
            volumeClaimTemplates: [
              {
                apiVersion: 'v1',
                kind: 'PersistentVolumeClaim',
                metadata: { name: volume.name },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  storageClassName: volume.class,
                  resources: { requests: { storage: volume.size } },
                },
              },
            ],
          }),
      ...more,
    },
  }
}

interface Custom<Spec> {
  metadata: { name: string; namespace: string }
  spec: Spec
}

interface Postgresql {
  numberOfInstances: number
  resources: object
  podPriorityClassName: string
  nodeAffinity: object
  tolerations: object[]
  topologySpreadConstraints: object[]
  spiloRunAsUser: number
  spiloRunAsGroup: number
  spiloFSGroup: number
  volume: { size: string; storageClass: string }
}

interface RabbitmqCluster {
  replicas: number
  resources: object
  affinity: object
  tolerations: object[]
  terminationGracePeriodSeconds: number
  persistence: { storage: string; storageClassName: string }
  override: {
    statefulSet: {
      spec: { template: { spec: { priorityClassName: string; topologySpreadConstraints: object[] } } }
    }
  }
}

interface EnvoyProxy {
  provider: {
    kubernetes: {
      envoyDeployment: { replicas: number; container: object; pod: { annotations: object; [field: string]: unknown } }
      envoyPDB: object
    }
  }
}

/** What Envoy Gateway puts beside each Envoy, which ends it gently: its own defaults. */
const SHUTDOWN_MANAGER = { name: 'shutdown-manager', resources: { requests: { cpu: '10m', memory: '32Mi' } } }

/** What operators make of a custom resource, by `<API version> <kind>`. */
const MAKERS: Record<string, (object: never) => KubernetesObject[]> = {
  'acid.zalan.do/v1 postgresql': ({ metadata, spec }: Custom<Postgresql>) => [
    workload({
      ...metadata,
      kind: 'StatefulSet',
      replicas: spec.numberOfInstances,
      labels: { application: 'spilo', 'cluster-name': metadata.name },
      pod: {
        securityContext: {
          runAsUser: spec.spiloRunAsUser,
          runAsGroup: spec.spiloRunAsGroup,
          fsGroup: spec.spiloFSGroup,
        },
        affinity: { nodeAffinity: spec.nodeAffinity },
        tolerations: spec.tolerations,
        topologySpreadConstraints: spec.topologySpreadConstraints,
        priorityClassName: spec.podPriorityClassName,
        containers: [{ name: 'postgres', resources: spec.resources }],
      },
      volume: { name: 'pgdata', size: spec.volume.size, class: spec.volume.storageClass },
      // The operator replaces its pods itself, the primary last.
      more: { updateStrategy: { type: 'OnDelete' } },
    }),
  ],
  'rabbitmq.com/v1beta1 RabbitmqCluster': ({ metadata, spec }: Custom<RabbitmqCluster>) => {
    const { priorityClassName, topologySpreadConstraints } = spec.override.statefulSet.spec.template.spec
    return [
      workload({
        kind: 'StatefulSet',
        name: `${metadata.name}-server`,
        namespace: metadata.namespace,
        replicas: spec.replicas,
        labels: { 'app.kubernetes.io/name': metadata.name, 'app.kubernetes.io/component': 'rabbitmq' },
        pod: {
          affinity: spec.affinity,
          tolerations: spec.tolerations,
          topologySpreadConstraints,
          priorityClassName,
          terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
          containers: [{ name: 'rabbitmq', resources: spec.resources }],
        },
        volume: {
          name: 'persistence',
          size: spec.persistence.storage,
          class: spec.persistence.storageClassName,
        },
        more: { podManagementPolicy: 'Parallel' },
      }),
    ]
  },
  'gateway.envoyproxy.io/v1alpha1 EnvoyProxy': ({ metadata, spec }: Custom<EnvoyProxy>) => {
    const { envoyDeployment, envoyPDB } = spec.provider.kubernetes
    const { annotations: _, ...pod } = envoyDeployment.pod
    const labels = { 'app.kubernetes.io/name': 'envoy', 'app.kubernetes.io/managed-by': 'envoy-gateway' }
    return [
      workload({
        kind: 'Deployment',
        name: metadata.name,
        namespace: metadata.namespace,
        replicas: envoyDeployment.replicas,
        labels,
        pod: { ...pod, containers: [{ name: 'envoy', ...envoyDeployment.container }, SHUTDOWN_MANAGER] },
      }),
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: metadata.name, namespace: metadata.namespace },
        spec: { ...envoyPDB, selector: { matchLabels: labels } },
      },
    ]
  },
}

/** Kinds that an operator makes pods of: API version and kind. */
export const OPERATED = [
  ['acid.zalan.do/v1', 'postgresql'],
  ['rabbitmq.com/v1beta1', 'RabbitmqCluster'],
  ['gateway.envoyproxy.io/v1alpha1', 'EnvoyProxy'],
] as const

/** What an operator makes of an object; nothing, if none looks after its kind. */
export function madeOf(object: KubernetesObject): KubernetesObject[] {
  return MAKERS[`${object.apiVersion} ${object.kind}`]?.(object as never) ?? []
}

/** What charts and add-ons bring, as components tell it, but for what comes of custom resources. */
export function broughtBy(declared: Declared): KubernetesObject[] {
  const operated = new Set(
    declared.all
      .map(({ inputs }) => inputs as unknown as KubernetesObject)
      .filter((object) => `${object.apiVersion} ${object.kind}` in MAKERS)
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  )
  return declared.all
    .filter(({ type, outputs }) => type.startsWith('kura:') && Array.isArray(outputs.workloads))
    .flatMap(({ outputs }) => outputs.workloads as Workload[])
    .filter(({ namespace, name }) => !operated.has(`${namespace}/${name}`))
    .map((told) => {
      const { kind, name, namespace, pool, replicas = 1, hostNetwork = false } = told
      return workload({
        kind,
        name,
        namespace,
        ...(kind === 'Deployment' || kind === 'StatefulSet' ? { replicas } : {}),
        labels: { app: name },
        pod: {
          hostNetwork,
          ...(pool === 'every'
            ? { tolerations: [{ operator: 'Exists' }] }
            : { nodeSelector: { [POOL]: pool }, tolerations: pool === 'web' ? leavesLost() : tolerations(pool) }),
          containers: [{ name, resources: resources(told) }],
        },
      })
    })
}
