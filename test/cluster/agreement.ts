import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node'
import { type Agreement, SCOPE } from '../services/postgres/agreement.ts'
import { Api } from './api.ts'
import type { ControlPlane } from './control-plane.ts'

const NAMESPACE = 'default'
/** Milliseconds that an answer may take. */
const ANSWER = 3_000
/** Name of what the operator lets its pods do, and of who they are. */
const POD = 'postgres-pod'
const LABELS = { application: 'spilo' }
const SCOPE_LABEL = 'cluster-name'
const PORT = { name: 'postgresql', port: 5432 }

/** An address for each instance. None leads anywhere: Kubernetes takes no loopback address as an endpoint. */
const addressOf = (name: string) => `10.0.0.${Number(name.split('-').at(-1)) + 1}`

/** What Zalando's operator lets pods of PostgreSQL do (its `postgres-pod`), as far as Patroni does it. */
const RULES = [
  {
    apiGroups: [''],
    resources: ['endpoints'],
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
  },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'patch', 'update', 'watch'] },
  { apiGroups: [''], resources: ['services'], verbs: ['create'] },
]

/** Lets Patroni agree in a control plane as production's does: by the endpoints of a Service. */
export async function agreeByKubernetes(control: ControlPlane, folder: string): Promise<Agreement> {
  await using parts = new AsyncDisposableStack()
  const api = new Api(control.config)
  parts.defer(() => api.close())
  const core = new CoreV1Api(api.settings)
  const rights = new RbacAuthorizationV1Api(api.settings)

  const named = { metadata: { name: POD } }
  const [namespace, subjects] = [NAMESPACE, [{ kind: 'ServiceAccount', name: POD, namespace: NAMESPACE }]]
  await core.createNamespacedServiceAccount({ namespace, body: named })
  await rights.createNamespacedRole({ namespace, body: { ...named, rules: RULES } })
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: POD }
  await rights.createNamespacedRoleBinding({ namespace, body: { ...named, roleRef, subjects } })
  const { status } = await core.createNamespacedServiceAccountToken({
    ...{ name: POD, namespace },
    body: { spec: { audiences: [], expirationSeconds: 86_400 } },
  })
  const [token, cluster] = [status?.token, control.config.getCurrentCluster()]
  if (!token || !cluster) throw new Error('there is no token, or no cluster to use it with')
  const config = new KubeConfig()
  config.loadFromClusterAndUser(cluster, { name: POD, token })
  const kubeconfig = join(folder, 'patroni.kubeconfig')
  await writeFile(kubeconfig, config.exportConfig(), { mode: 0o600 })
  await promisify(execFile)('chown', ['postgres:postgres', kubeconfig])

  const endpoints = async (name: string) => {
    const { items } = await core.listNamespacedEndpoints({ namespace, fieldSelector: `metadata.name=${name}` })
    return items[0]
  }
  const late = () => sleep(ANSWER).then(() => Promise.reject(new Error('the API server does not answer')))
  const addresses = new Map<string, string>()
  const all = parts.move()
  return {
    async settings(name) {
      const address = addressOf(name)
      addresses.set(address, name)
      const metadata = { name, labels: { ...LABELS, [SCOPE_LABEL]: SCOPE } }
      const spec = { containers: [{ name: 'postgres', image: 'none' }] }
      await core.createNamespacedPod({ namespace, body: { metadata, spec } })
      const own = { pod_ip: address, ports: [PORT], use_endpoints: true }
      const where = { namespace, context: config.getCurrentContext() }
      return { kubernetes: { ...where, ...own, labels: LABELS, scope_label: SCOPE_LABEL } }
    },
    env: { KUBECONFIG: kubeconfig },
    async agreed() {
      const asked = Promise.all([endpoints(SCOPE), endpoints(`${SCOPE}-sync`)])
      const [led, kept] = await Promise.race([asked, late()])
      return {
        primary: addresses.get(led?.subsets?.[0]?.addresses?.[0]?.ip ?? ''),
        synchronous: kept?.metadata?.annotations?.sync_standby,
      }
    },
    end: () => all.disposeAsync(),
  }
}
