import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { inNamespace, tcp } from '../cluster/traffic.ts'
import type { Data, OwnDatabase } from '../data/index.ts'
import { podOn } from '../pods.ts'
import { UNAWAITED } from '../unawaited.ts'

type PodSpec = kubernetes.types.input.core.v1.PodSpec

interface DeploymentArgs {
  /** Its name in Kubernetes, and its pods' `app.kubernetes.io/name`. */
  name: string
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  replicas: number
  /** Changes with what the pods read once, so that a change rolls them. */
  checksum: pulumi.Input<string>
  annotations?: Record<string, string>
  pod: Pick<PodSpec, 'initContainers' | 'containers' | 'volumes' | 'terminationGracePeriodSeconds'>
  ports: kubernetes.types.input.core.v1.ServicePort[]
  service?: { annotations: Record<string, pulumi.Input<string>> } & Partial<kubernetes.types.input.core.v1.ServiceSpec>
}

/**
 * How long the first deployment waits. Metadata and signatures come from the internet, and a pod that did not get them is
 * tried again every five minutes.
 */
const PATIENCE = { create: '20m' }

/** Labels by which the pods of a Deployment of this part are found. */
export const podsOf = (name: string) => ({ 'app.kubernetes.io/name': name })

/** A script that pods run, as text. */
export function script(name: string): string {
  return readFileSync(join(import.meta.dirname, 'scripts', name), 'utf8')
}

/** A Deployment on the web pool with its Service and its budget of pods that may be missing. */
export function deployment(named: (suffix: string) => string, args: DeploymentArgs, parent: pulumi.Resource) {
  const { name, namespace, replicas, checksum, annotations, pod, ports } = args
  const selector = podsOf(name)
  const metadata = { name, namespace, labels: { ...args.labels, ...selector } }

  const made = new kubernetes.apps.v1.Deployment(
    named('deployment'),
    {
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: selector },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: {
            labels: metadata.labels,
            annotations: { ...annotations, 'kura/configuration': checksum },
          },
          spec: { ...podOn('web', selector), ...pod },
        },
      },
    },
    { parent, customTimeouts: PATIENCE },
  )
  const { annotations: serviceAnnotations, ...serviceSpec } = args.service ?? {}
  new kubernetes.core.v1.Service(
    named('service'),
    {
      metadata: { ...metadata, annotations: { ...serviceAnnotations, ...UNAWAITED } },
      spec: { selector, ports, ...serviceSpec },
    },
    { parent },
  )
  new kubernetes.policy.v1.PodDisruptionBudget(
    named('disruption-budget'),
    { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: selector } } },
    { parent },
  )
  return made
}

/** To PostgreSQL itself: what keeps a database of its own needs the primary, and no sharing out of reads. */
export function toDatabase({ namespace }: Data, { port }: OwnDatabase) {
  return { to: [inNamespace(namespace, { application: 'spilo' })], ports: [tcp(port)] }
}
