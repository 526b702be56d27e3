import { afterAll, beforeAll, expect, test } from 'vitest'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { AuthorizationV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node'
let cluster: LoadedCluster
beforeAll(async () => {
  cluster = await startLoaded((await declare('prod')).declared)
})
afterAll(() => cluster?.[Symbol.asyncDispose]())
test('x', async () => {
  const { api, core } = cluster
  const accounts = (await core.listServiceAccountForAllNamespaces()).items
  console.log(accounts.map(a => `${a.metadata!.namespace}/${a.metadata!.name}`).join('\n'))
  const rbac = new RbacAuthorizationV1Api(api.settings)
  for (const b of (await rbac.listClusterRoleBinding()).items) console.log('CRB', b.metadata!.name, b.roleRef.name, JSON.stringify(b.subjects?.map(s => `${s.kind} ${s.namespace ?? ''}/${s.name}`)))
  for (const r of (await rbac.listClusterRole()).items) if (r.metadata!.labels?.['app.kubernetes.io/part-of'] === 'kura') console.log('CR', r.metadata!.name, JSON.stringify(r.rules))
})
