import { beforeAll, describe, expect, test } from 'vitest'
import { type CapturedResource, type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { resourceOf } from '../support/resource.ts'
import { declaredPods, secretsOf } from './pods.ts'
import { evaluateStacks, named, opened, STACKS, type Stack } from './stacks.ts'
import { Waiting } from './waiting.ts'

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
}, 60_000)

interface Object {
  metadata: { name: string; namespace: string }
}

describe.each(STACKS)('order in %s: what is used ↔ what makes it', (stack) => {
  const of = () => stacks[stack]
  let waiting: Waiting
  beforeAll(() => {
    waiting = new Waiting(of().resources)
  })
  const kubernetes = () => of().resources.filter(({ type }) => type.startsWith('kubernetes:'))
  /** Resources that do not wait for another one, each with its name. */
  const hasty = (pairs: Iterable<[CapturedResource, CapturedResource]>) =>
    [...pairs]
      .filter(([one, other]) => !waiting.waits(one, other))
      .map(([one, other]) => `${one.name} does not wait for ${other.name}`)

  test('every object waits for its namespace', () => {
    const namespaces = kubernetes().filter(({ type }) => type.endsWith(':Namespace'))
    const pairs = kubernetes().flatMap((object) => {
      const { metadata, namespace = metadata?.namespace } = opened<Partial<Object> & { namespace?: string }>(object)
      return namespaces
        .filter(({ inputs }) => opened<Object>(resourceOf({ type: '', inputs })).metadata.name === namespace)
        .map((made): [CapturedResource, CapturedResource] => [object, made])
    })
    expect(pairs.length).toBeGreaterThan(150)
    expect(hasty(pairs)).toEqual([])
  })

  test('every custom resource waits for who knows its kind, and routes for the gateway that they name', () => {
    const KINDS: Record<string, string> = {
      'acid.zalan.do': 'kura-operators-postgres',
      'rabbitmq.com': 'kura-operators-rabbitmq-deployment',
      'cert-manager.io': 'kura-cluster-addons-cert-manager',
      'ingress.oraclecloud.com': 'kura-cluster-addons-native-ingress-controller',
      'gateway.networking.k8s.io': 'kura-gateway-controller-release',
      'gateway.envoyproxy.io': 'kura-gateway-controller-release',
    }
    const custom = kubernetes().filter(({ type }) => !BUILT_IN.includes(groupOf(type)))
    expect(new Set(custom.map(({ type }) => groupOf(type)))).toEqual(new Set(Object.keys(KINDS)))
    expect(hasty(custom.map((resource) => [resource, named(of(), KINDS[groupOf(resource.type)] ?? '')]))).toEqual([])
    const routes = kubernetes().filter(({ type }) => type.endsWith(':HTTPRoute'))
    expect(hasty(routes.map((route) => [route, named(of(), 'kura-gateway-gateway')]))).toEqual([])
  })

  /** Kubernetes' own groups, and what the provider adds. */
  const BUILT_IN = ['core', 'apps', 'batch', 'policy', 'autoscaling', 'helm.sh', 'yaml'].concat(
    ['networking', 'rbac.authorization', 'scheduling', 'storage'].map((group) => `${group}.k8s.io`),
  )
  const groupOf = (type: string) => type.split(':')[1]?.split('/')[0] ?? ''

  test('every pod waits for what it mounts and names, and for nodes that may pull its image', () => {
    const objects = new Map(
      kubernetes().map((resource) => {
        const { metadata } = opened<Partial<Object>>(resource)
        return [`${resource.type.split(':').at(-1)} ${metadata?.namespace ?? ''}/${metadata?.name}`, resource]
      }),
    )
    const pairs = declaredPods(of()).flatMap(({ namespace, spec, resource }) => {
      const volumes = spec.volumes ?? []
      const maps = volumes.flatMap(({ configMap, projected }) => [
        configMap?.name,
        ...(projected?.sources ?? []).map((source) => source.configMap?.name),
      ])
      const names = [
        ...secretsOf(spec).map((name) => `Secret ${namespace}/${name}`),
        ...maps.map((name) => `ConfigMap ${namespace}/${name}`),
        ...volumes.map(
          ({ persistentVolumeClaim }) => `PersistentVolumeClaim ${namespace}/${persistentVolumeClaim?.claimName}`,
        ),
        `ServiceAccount ${namespace}/${spec.serviceAccountName}`,
        `PriorityClass /${spec.priorityClassName}`,
      ]
      const needed = [
        ...names.flatMap((name) => objects.get(name) ?? []),
        named(of(), 'kura-access-nodes-policy'),
        named(of(), `kura-cluster-${spec.nodeSelector?.['kura/pool'] ?? 'web'}`),
        // Before there is an engine, a policy lets everything pass.
        ...(/^kura-(?!operators)/.test(namespace) ? [named(of(), 'kura-operators-calico-node')] : []),
      ]
      return needed.map((other): [CapturedResource, CapturedResource] => [resource, other])
    })
    expect(pairs.length).toBeGreaterThan(150)
    expect(hasty(pairs)).toEqual([])
  })

  test('no Service waits for its pods, in a place that their Deployment needs', () => {
    const services = kubernetes().filter(({ type }) => type === 'kubernetes:core/v1:Service')
    expect(services.length).toBeGreaterThan(10)
    const awaited = services.filter(
      (service) =>
        opened<{ metadata: { annotations?: Record<string, string> } }>(service).metadata.annotations?.[
          'pulumi.com/skipAwait'
        ] !== 'true',
    )
    expect(awaited.map(({ name }) => name)).toEqual([])
  })

  test('what matters besides happens in its order', () => {
    const all = (pattern: RegExp) => of().resources.filter(({ name }) => pattern.test(name))
    /** What waits, by its name, and for what. */
    const ORDER: [who: RegExp, waits: RegExp, why: string][] = [
      [
        /^kura-data-postgresql-cluster$/,
        /^kura-data-postgresql-roles-\w+-secret$/,
        'the operator invents passwords that it does not find',
      ],
      [/^kura-data-postgresql-grants-job$/, /^kura-data-postgresql-cluster$/, 'it enters the database'],
      [
        /^kura-identity-(keycloak|handle)-deployment$/,
        /^kura-data-postgresql-grants-job$/,
        'their databases are there when roles are',
      ],
      [
        /^kura-cell-[a-z]+-(web|worker)$/,
        /^kura-data-(postgresql-grants-job|pgpool-deployment|elasticsearch-nodes-set|rabbitmq-cluster|redis-deployment)$/,
        'cells provision as they start',
      ],
      [
        /^kura-backups-(dumps|snapshots)$/,
        /^kura-data-(postgresql-grants-job|elasticsearch-repositories-job)$/,
        'a first run must find what it reads',
      ],
      [/^kura-data-elasticsearch-nodes-set$/, /^kura-directories-elasticsearch$/, 'a repository needs its folder'],
      [/^kura-backups-physical$/, /^kura-directories-postgresql$/, 'a copy needs its folder'],
      [
        /^kura-storage-(\w+)-user-key-1$/,
        /^kura-storage-$1-user-(policy|membership|capabilities)$/,
        'a key is used at once',
      ],
      [/^kura-edge-record-/, /^kura-edge-zone$/, 'a record lies in a zone'],
      [
        /^kura-gateway-(0|1)-https$/,
        /^kura-edge-$1-(certificate|load-balancer|firewall)$/,
        'a listener serves a certificate',
      ],
      [
        /^kura-identity-door-https$/,
        /^kura-edge-identity-(certificate|load-balancer|firewall)$/,
        'a listener serves a certificate',
      ],
      [/^kura-identity-keycloak-realm-job$/, /^kura-identity-keycloak-deployment$/, 'it asks Keycloak'],
      [/^kura-metrics-agent-stateful-set$/, /^kura-alarms-agent-key$/, 'the agent registers as it starts'],
    ]
    for (const [who, waits, why] of ORDER) {
      const pairs = all(who).flatMap((one) => {
        const [, part = ''] = who.exec(one.name) ?? []
        const others = all(new RegExp(waits.source.replace('$1', part)))
        expect(others.length, `${waits} (${why})`).toBeGreaterThan(0)
        return others.map((other): [CapturedResource, CapturedResource] => [one, other])
      })
      expect(pairs.length, `${who} (${why})`).toBeGreaterThan(0)
      expect(hasty(pairs), why).toEqual([])
    }
    for (const cell of all(/^kura-cell-[a-z]+-(web|worker)$/)) {
      const [, name] = /^kura-cell-([a-z]+)/.exec(cell.name) ?? []
      expect(hasty([[cell, named(of(), `kura-directories-cell-${name}`)]])).toEqual([])
    }
    const encrypted = of().resources.filter(({ inputs }) => JSON.stringify(reveal(inputs)).includes('"ocid1.key.'))
    expect(encrypted.length).toBeGreaterThan(10)
    expect(
      hasty(
        encrypted
          .filter(({ type }) => !/:(KeyVersion|Policy)$/.test(type))
          .map((resource) => [resource, named(of(), 'kura-keys-users')]),
      ),
    ).toEqual([])
  })
})

test('a resource waits for what it depends on, for what its part waits for, and for what that waits for', () => {
  const made = (urn: string, dependencies: string[] = [], parent = '') =>
    resourceOf({ type: 'sample:index:Thing', name: urn, urn, dependencies, parent })
  const [one, part, child, other] = [
    made('one'),
    made('part', ['one']),
    made('child', [], 'part'),
    made('other', ['child']),
  ]
  const waiting = new Waiting([one, part, child, other])
  expect(waiting.waits(child, one)).toBe(true)
  expect(waiting.waits(other, one)).toBe(true)
  expect(waiting.waits(one, other)).toBe(false)
  expect(waiting.waits(part, child)).toBe(false)
})
