import { ApisApi, AuthorizationV1Api, CustomObjectsApi, KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { Api, forEach, type KubernetesObject } from './api.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { objectsOf } from './objects.ts'

/*
 * What service accounts may do, asked of the API server itself. Those that charts and add-ons bring are not among them:
 * they cannot be rendered here.
 */

/** Verbs on resources of an API group. */
type Grant = [verbs: string[], group: string, ...resources: string[]]

const READ = ['get', 'list', 'watch']
const KEEP = [...READ, 'create', 'update']
const CALICO = 'crd.projectcalico.org'

/** What accounts may do everywhere, and in single namespaces. An account that is not named may do nothing. */
const MAY: Record<string, { everywhere?: Grant[]; within?: Record<string, Grant[]> }> = {
  // The engine of network policies reads them and what they are about.
  'kube-system/calico-node': {
    everywhere: [
      [READ, '', 'nodes', 'pods', 'namespaces', 'serviceaccounts', 'services', 'endpoints'],
      [['get'], '', 'configmaps'],
      [['patch', 'update'], '', 'nodes/status'],
      [READ, 'discovery.k8s.io', 'endpointslices'],
      [READ, 'networking.k8s.io', 'networkpolicies'],
      [READ, 'policy.networking.k8s.io', 'adminnetworkpolicies', 'baselineadminnetworkpolicies'],
      [READ, CALICO, 'bgpconfigurations', 'bgpfilters', 'bgppeers', 'blockaffinities', 'caliconodestatuses'],
      [READ, CALICO, 'clusterinformations', 'felixconfigurations', 'globalnetworkpolicies', 'globalnetworksets'],
      [READ, CALICO, 'hostendpoints', 'ipamblocks', 'ippools', 'ipreservations', 'networkpolicies', 'networksets'],
      [READ, CALICO, 'stagedglobalnetworkpolicies', 'stagedkubernetesnetworkpolicies', 'stagednetworkpolicies'],
      [[...READ, 'create'], CALICO, 'tiers'],
      [['create', 'update'], CALICO, 'ippools', 'felixconfigurations', 'bgpconfigurations', 'clusterinformations'],
      [['update'], CALICO, 'caliconodestatuses'],
    ],
  },
  // The fault domain of its machine.
  'kura-data/kura-data-elasticsearch-nodes-account': { everywhere: [[['get'], '', 'nodes']] },
  'kura-operations/prometheus': {
    everywhere: [
      [READ, '', 'nodes', 'pods'],
      [['get'], '', 'nodes/metrics'],
    ],
  },
  'kura-operations/kube-state-metrics': {
    everywhere: [
      [['list', 'watch'], '', 'nodes', 'pods'],
      [['list', 'watch'], 'apps', 'daemonsets', 'deployments', 'statefulsets'],
      [['list', 'watch'], 'batch', 'cronjobs'],
    ],
  },
  'kura-operators/kura-operators-rabbitmq': {
    within: {
      'kura-operators': [
        [KEEP, 'coordination.k8s.io', 'leases'],
        [['create', 'patch'], '', 'events'],
      ],
      'kura-data': [
        [KEEP, 'rabbitmq.com', 'rabbitmqclusters'],
        [['get', 'update'], 'rabbitmq.com', 'rabbitmqclusters/status'],
        [['update'], 'rabbitmq.com', 'rabbitmqclusters/finalizers'],
        [[...KEEP, 'delete'], 'apps', 'statefulsets'],
        [KEEP, '', 'services', 'configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'],
        [KEEP, 'rbac.authorization.k8s.io', 'roles', 'rolebindings'],
        [[...READ, 'update'], '', 'pods'],
        [['create'], '', 'pods/exec'],
        [['get', 'create', 'patch'], '', 'events'],
        [READ, '', 'endpoints'],
        [READ, 'discovery.k8s.io', 'endpointslices'],
      ],
    },
  },
  // Their tokens are for Oracle's cloud.
  'kura-edge/certificates': {},
  'kura-nightly/nightly': {},
}

/** What Kubernetes lets everybody: ask who they are, and what they may. */
const EVERYBODY: Grant[] = [
  [['create'], 'authorization.k8s.io', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  [['create'], 'authentication.k8s.io', 'selfsubjectreviews'],
]

/** Addresses at which everybody reads what the API server serves, and whether it is well. */
const DISCOVERY =
  /^get \/(apis?|openapi|version|healthz|livez|readyz|\.well-known\/openid-configuration|openid\/v1\/jwks)(\/\*?|$)/

/** Rights by which somebody becomes more than they are, or reads what is hidden. */
const ESCALATIONS: Grant[] = [
  [['*'], '*', '*'],
  [READ, '', 'secrets'],
  [['create'], '', 'pods', 'pods/exec', 'pods/attach', 'pods/portforward', 'pods/eviction', 'serviceaccounts/token'],
  [['get', 'create'], '', 'nodes/proxy', 'pods/proxy', 'services/proxy'],
  [['patch', 'update'], '', 'pods/ephemeralcontainers', 'nodes', 'namespaces'],
  [['impersonate'], '', 'users', 'groups', 'serviceaccounts'],
  [['create', 'bind', 'escalate'], 'rbac.authorization.k8s.io', 'roles', 'clusterroles'],
  [['create', 'update', 'patch'], 'rbac.authorization.k8s.io', 'rolebindings', 'clusterrolebindings'],
  [['create', 'patch'], 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations'],
  [['create', 'patch'], 'admissionregistration.k8s.io', 'validatingwebhookconfigurations'],
  [['create', 'update'], 'certificates.k8s.io', 'certificatesigningrequests', 'certificatesigningrequests/approval'],
  [['create', 'delete'], 'apiextensions.k8s.io', 'customresourcedefinitions'],
  [['create', 'patch'], 'apiregistration.k8s.io', 'apiservices'],
  [['delete', 'patch'], 'networking.k8s.io', 'networkpolicies'],
]

const CELL = 'kura-cell-higashi'

/** Milliseconds for what controllers do, on a busy machine. */
const PATIENT = { timeout: 180_000 }

describeWithReference('service accounts of prod', () => {
  let cluster: LoadedCluster
  let objects: KubernetesObject[]
  let reviews: AuthorizationV1Api
  let accounts: string[]
  let namespaces: string[]
  beforeAll(async () => {
    const { declared } = await declare('prod')
    objects = objectsOf(declared)
    cluster = await startLoaded(declared)
    reviews = new AuthorizationV1Api(cluster.api.settings)
    namespaces = (await cluster.core.listNamespace()).items.map(({ metadata }) => metadata?.name ?? '')
    // Kubernetes' own controllers have theirs in its own namespace.
    accounts = (await cluster.core.listServiceAccountForAllNamespaces()).items
      .map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`)
      .filter((account) => !account.startsWith('kube-system/') || account in MAY || account === 'kube-system/default')
  })
  afterAll(() => cluster?.[Symbol.asyncDispose]())

  /** One verb on one resource. */
  interface Right {
    verb: string
    group: string
    /** With a subresource as `pods/exec`. */
    resource: string
  }

  const rightsOf = (grants: Grant[]): Right[] =>
    grants.flatMap(([verbs, group, ...resources]) =>
      verbs.flatMap((verb) => resources.map((resource) => ({ verb, group, resource }))),
    )

  /** `update rabbitmq.com/rabbitmqclusters/status` */
  const written = ({ verb, group, resource }: Right) => `${verb} ${group && `${group}/`}${resource}`

  /** What an account may in a namespace, or, without one, in all. */
  function allowed(account: string, namespace?: string): Set<string> {
    const { everywhere = [], within = {} } = MAY[account] ?? {}
    const here = namespace === undefined ? [] : (within[namespace] ?? [])
    return new Set(rightsOf([...EVERYBODY, ...everywhere, ...here]).map(written))
  }

  /** What the API server tells an account of what it may in a namespace, when it is asked with a token of that account. */
  async function told(account: string, asked: AuthorizationV1Api, namespace: string): Promise<Set<string>> {
    const { status } = await asked.createSelfSubjectRulesReview({ body: { spec: { namespace } } })
    if (status?.incomplete) throw new Error(`not all is told of ${account}: ${status.evaluationError}`)
    const grants = (status?.resourceRules ?? []).flatMap(
      ({ verbs, apiGroups = [], resources = [], resourceNames = [] }) =>
        apiGroups.map((group): Grant => [verbs, group, ...resources.map((each) => [each, ...resourceNames].join(' '))]),
    )
    const beside = (status?.nonResourceRules ?? [])
      .flatMap(({ verbs, nonResourceURLs = [] }) =>
        verbs.flatMap((verb) => nonResourceURLs.map((url) => `${verb} ${url}`)),
      )
      .filter((right) => !DISCOVERY.test(right))
    return new Set([...rightsOf(grants).map(written), ...beside])
  }

  /** The API server to whom a token of an account lets in. */
  async function as(account: string): Promise<Api> {
    const [namespace = '', name = ''] = account.split('/')
    const body = { spec: { audiences: [] } }
    const { status } = await cluster.core.createNamespacedServiceAccountToken({ namespace, name, body })
    const server = cluster.control.config.getCurrentCluster()
    if (!server || !status?.token) throw new Error(`${account} gets no token`)
    const config = new KubeConfig()
    config.loadFromClusterAndUser(server, { name: account, token: status.token })
    return new Api(config)
  }

  /** Somebody whom the API server has let in. */
  interface Subject {
    user: string
    groups: string[]
  }
  const NOBODY: Subject = { user: 'system:anonymous', groups: ['system:unauthenticated'] }

  function subjectOf(account: string): Subject {
    const [namespace = '', name = ''] = account.split('/')
    return {
      user: `system:serviceaccount:${namespace}:${name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    }
  }

  /** Whether somebody may do something in a namespace; without one, in all of them. */
  async function may(subject: Subject, { verb, group, resource: path }: Right, namespace?: string): Promise<boolean> {
    const [resource = '', subresource] = path.split('/')
    const asked = {
      verb,
      group,
      resource,
      ...(subresource ? { subresource } : {}),
      ...(namespace ? { namespace } : {}),
    }
    const { status } = await reviews.createSubjectAccessReview({
      body: { spec: { ...subject, resourceAttributes: asked } },
    })
    return status?.allowed ?? false
  }

  /** All resources that the API server serves, those of custom resources among them. */
  async function served(): Promise<Pick<Right, 'group' | 'resource'>[]> {
    const { settings } = cluster.api
    const [{ groups }, core] = await Promise.all([
      new ApisApi(settings).getAPIVersions(),
      cluster.core.getAPIResources().then(({ resources }) => ({ group: '', resources })),
    ])
    const others = groups.map(async ({ name: group, preferredVersion }) => {
      const version = preferredVersion?.version ?? ''
      return { group, resources: (await new CustomObjectsApi(settings).getAPIResources({ group, version })).resources }
    })
    return [core, ...(await Promise.all(others))].flatMap(({ group, resources }) =>
      resources.map(({ name }) => ({ group, resource: name })),
    )
  }

  test('may do in every namespace what is written down, and nothing else', async () => {
    expect(accounts).toEqual(expect.arrayContaining(Object.keys(MAY)))
    const wrong: string[] = []
    let asked = 0
    for (const account of accounts) {
      const api = await as(account)
      const own = new AuthorizationV1Api(api.settings)
      await forEach(namespaces, async (namespace) => {
        const [has, must] = [await told(account, own, namespace), allowed(account, namespace)]
        asked++
        for (const right of has.difference(must)) wrong.push(`${account} in ${namespace} may ${right}`)
        for (const right of must.difference(has)) wrong.push(`${account} in ${namespace} may not ${right}`)
      })
      await api.close()
    }
    expect(wrong).toEqual([])
    measured('what service accounts of prod may do', {
      accounts: accounts.length,
      namespaces: namespaces.length,
      'reviews of rules': asked,
    })
  })

  const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']

  test('may do, of all verbs on all resources, in a cell and in all namespaces at once what is written down, and nothing else', async () => {
    const resources = await served()
    const start = performance.now()
    const questions = [...Object.keys(MAY), `${CELL}/default`].flatMap((account) =>
      [CELL, undefined].flatMap((namespace) =>
        resources.flatMap((resource) => VERBS.map((verb) => ({ account, namespace, right: { verb, ...resource } }))),
      ),
    )
    const wrong: string[] = []
    await forEach(questions, async ({ account, namespace, right }) => {
      const must = allowed(account, namespace).has(written(right))
      if ((await may(subjectOf(account), right, namespace)) !== must)
        wrong.push(`${account} in ${namespace ?? 'all namespaces'} ${must ? 'may not' : 'may'} ${written(right)}`)
    })
    expect(wrong).toEqual([])
    measured('access reviews of prod', {
      resources: resources.length,
      'reviews of access': questions.length,
      seconds: Math.round((performance.now() - start) / 1_000),
    })
  })

  test('cannot become more than they are nor read secrets, but for RabbitMQ’s operator beside its clusters', async () => {
    const found: string[] = []
    const questions = accounts.flatMap((account) =>
      [CELL, 'kura-data', 'kube-system', undefined].flatMap((namespace) =>
        rightsOf(ESCALATIONS).map((right) => ({ account, namespace, right })),
      ),
    )
    await forEach(questions, async ({ account, namespace, right }) => {
      if (await may(subjectOf(account), right, namespace)) found.push(`${account} in ${namespace}: ${written(right)}`)
    })
    const operator = 'kura-operators/kura-operators-rabbitmq in kura-data'
    expect(found.sort()).toEqual([
      `${operator}: create pods/exec`,
      `${operator}: create rbac.authorization.k8s.io/rolebindings`,
      `${operator}: create rbac.authorization.k8s.io/roles`,
      `${operator}: get secrets`,
      `${operator}: list secrets`,
      `${operator}: update rbac.authorization.k8s.io/rolebindings`,
      `${operator}: watch secrets`,
    ])
  })

  test('give a token to pods of those alone that may do something with it, and to no pod of a cell', async () => {
    const pods = async () => (await cluster.core.listPodForAllNamespaces()).items
    const inCell = async () => (await pods()).some(({ metadata }) => metadata?.namespace === CELL)
    await expect.poll(inCell, PATIENT).toBe(true)
    const holders = async () =>
      new Set(
        (await pods())
          // The clock makes jobs whenever it is time.
          .filter(({ metadata }) => !metadata?.ownerReferences?.some(({ kind }) => kind === 'Job'))
          .filter(({ spec }) =>
            spec?.volumes?.some(({ projected }) => projected?.sources?.some((each) => each.serviceAccountToken)),
          )
          .map(({ metadata, spec }) => `${metadata?.namespace}/${spec?.serviceAccountName}`),
      )
    // Jobs that run by the clock have no pods now.
    const later = ['kura-edge/certificates', 'kura-nightly/nightly']
    await expect.poll(holders, PATIENT).toEqual(new Set(Object.keys(MAY)).difference(new Set(later)))
    for (const right of rightsOf([[VERBS, '', 'secrets', 'pods', 'configmaps']]))
      expect(await may(NOBODY, right, CELL)).toBe(false)
  })

  test('are noticed when a role gets a star', async () => {
    const role = objects.find(
      ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'kura-metrics-prometheus',
    )
    if (!role) throw new Error('no role of the collector')
    const account = 'kura-operations/prometheus'
    const api = await as(account)
    const own = new AuthorizationV1Api(api.settings)
    try {
      await cluster.api.put({
        ...role,
        rules: [...(role.rules as object[]), { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
      })
      await expect
        .poll(async () => (await told(account, own, CELL)).difference(allowed(account, CELL)), PATIENT)
        .toEqual(new Set(['* */*']))
      expect(await may(subjectOf(account), { verb: 'get', group: '', resource: 'secrets' }, CELL)).toBe(true)
    } finally {
      await cluster.api.put(role)
      await api.close()
    }
  })
})
