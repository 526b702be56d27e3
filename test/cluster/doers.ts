import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApiException,
  CoreV1Api,
  NetworkingV1Api,
  type V1Ingress,
  type V1PersistentVolumeClaim,
  type V1Service,
} from '@kubernetes/client-node'
import { type Api, forEach, type KubernetesObject } from './api.ts'
import { madeOf, OPERATED } from './made.ts'

/** Milliseconds between two rounds. */
const PAUSE = 200

/** Of a claim that waits for somebody outside Kubernetes to make its volume: who that is. */
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner'

/** Where load balancers say that they are: an address of documentation (RFC 5737). */
const LOAD_BALANCER = { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } }

/** What stands in for controllers that are not there. */
export interface Doers {
  /** Ends them. */
  stop(): Promise<void>
}

/**
 * Does what Oracle's controllers and the operators would: makes volumes for claims, gives load balancers an address,
 * and makes pods of custom resources. It looks again and again, until it is stopped.
 */
export function startDoers(api: Api): Doers {
  const ending = new AbortController()
  const done = run(api, ending.signal)
  // Whoever stops it learns what broke it.
  done.catch(() => {})
  return {
    async stop() {
      ending.abort()
      await done
    },
  }
}

async function run(api: Api, signal: AbortSignal): Promise<void> {
  const core = new CoreV1Api(api.settings)
  const networking = new NetworkingV1Api(api.settings)
  /** Custom resources whose pods are made, by `<uid> <generation>`. */
  const made = new Set<string>()
  while (!signal.aborted) {
    const claims = await core.listPersistentVolumeClaimForAllNamespaces()
    await forEach(claims.items.filter(isWaiting), async (claim) => {
      await api.put(volumeFor(claim))
    })

    const services = await core.listServiceForAllNamespaces()
    await forEach(
      services.items.filter((service) => service.spec?.type === 'LoadBalancer' && !hasAddress(service)),
      (body) => current(() => core.replaceNamespacedServiceStatus({ ...placeOf(body), body: withAddress(body) })),
    )
    const ingresses = await networking.listIngressForAllNamespaces()
    await forEach(
      ingresses.items.filter((ingress) => !hasAddress(ingress)),
      (body) => current(() => networking.replaceNamespacedIngressStatus({ ...placeOf(body), body: withAddress(body) })),
    )

    for (const [apiVersion, kind] of OPERATED)
      for (const owner of await listed(api, apiVersion, kind)) {
        const { uid, generation } = owner.metadata
        if (made.has(`${uid} ${generation}`)) continue
        await api.putAll(madeOf(owner).map((object) => owned(object, owner)))
        made.add(`${uid} ${generation}`)
      }
    await sleep(PAUSE, undefined, { signal }).catch(() => {})
  }
}

function isWaiting({ metadata, status }: V1PersistentVolumeClaim): boolean {
  return status?.phase === 'Pending' && metadata?.annotations?.[PROVISIONER] !== undefined
}

/** A volume for a claim, as a CSI driver makes it. */
function volumeFor({ metadata, spec }: V1PersistentVolumeClaim): KubernetesObject {
  const { name, namespace, uid, annotations } = metadata ?? {}
  const driver = annotations?.[PROVISIONER]
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': driver } },
    spec: {
      capacity: spec?.resources?.requests,
      accessModes: spec?.accessModes,
      storageClassName: spec?.storageClassName,
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      csi: { driver, volumeHandle: uid },
    },
  }
}

const hasAddress = ({ status }: V1Service | V1Ingress) => (status?.loadBalancer?.ingress ?? []).length > 0
const withAddress = <T extends V1Service | V1Ingress>(object: T): T => ({ ...object, status: LOAD_BALANCER })
const placeOf = ({ metadata }: V1Service | V1Ingress) => ({
  name: metadata?.name ?? '',
  namespace: metadata?.namespace ?? '',
})

/** Says something of an object as it was read. If it has changed or gone since, the next round sees it anew. */
async function current(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ApiException && (error.code === 409 || error.code === 404))) throw error
  }
}

/** All objects of a kind; none as long as the API server does not know it, or is not ready for it (429). */
async function listed(api: Api, apiVersion: string, kind: string): Promise<KubernetesObject[]> {
  try {
    const { items } = await api.list(apiVersion, kind)
    return items.map((item) => ({ ...item, apiVersion, kind }) as unknown as KubernetesObject)
  } catch (error) {
    const unknown = error instanceof ApiException ? [404, 429].includes(error.code) : /Unrecognized/.test(String(error))
    if (unknown) return []
    throw error
  }
}

/** An object that goes when its owner does. */
function owned(object: KubernetesObject, { apiVersion, kind, metadata }: KubernetesObject): KubernetesObject {
  const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }]
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}
