import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { evaluateStacks, inputsOf, opened, STACKS, type Stack } from './stacks.ts'

interface SecurityContext {
  runAsNonRoot?: boolean
  runAsUser?: number
  privileged?: boolean
  allowPrivilegeEscalation?: boolean
  capabilities?: { add?: string[]; drop?: string[] }
  seccompProfile?: { type: string }
}
interface Container {
  name: string
  securityContext?: SecurityContext
  ports?: { hostPort?: number }[]
  volumeMounts?: { name: string }[]
}
interface Source {
  configMap?: { name: string; items?: { key: string }[] }
  secret?: { name?: string; secretName?: string; items?: { key: string }[] }
}
interface Volume extends Source {
  name: string
  projected?: { sources: Source[] }
  persistentVolumeClaim?: { claimName: string }
  emptyDir?: object
  hostPath?: { path: string }
}
interface Pod {
  owner: string
  namespace: string
  spec: {
    hostNetwork?: boolean
    hostPID?: boolean
    hostIPC?: boolean
    priorityClassName?: string
    nodeSelector?: Record<string, string>
    tolerations?: { key?: string; tolerationSeconds?: number }[]
    securityContext?: SecurityContext
    initContainers?: Container[]
    containers: Container[]
    volumes?: Volume[]
  }
  /** Names of the volumes that a StatefulSet makes for each. */
  claimed: string[]
}
interface Workload {
  metadata: { namespace: string }
  spec: {
    template?: { spec: Pod['spec'] }
    jobTemplate?: { spec: { template: { spec: Pod['spec'] } } }
    volumeClaimTemplates?: Named[]
  }
}
interface Named {
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
}

interface Policy {
  metadata: { name: string; namespace: string }
  spec: {
    egress: {
      to: { namespaceSelector: { matchLabels?: Record<string, string>; matchExpressions?: { key: string }[] } }[]
    }[]
  }
}
interface Route {
  metadata: { namespace: string }
  spec: { rules: { backendRefs?: object[] }[] }
}

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
}, 120_000)

/** Pods that are declared one by one. */
function pods({ resources }: Evaluation): Pod[] {
  return resources
    .filter(({ type }) => /^kubernetes:(apps|batch)\/v1:/.test(type))
    .map((resource) => {
      const { metadata, spec } = opened<Workload>(resource)
      const template = spec.template ?? spec.jobTemplate?.spec.template
      if (template === undefined) throw new Error(`${resource.name} has no pod`)
      const claimed = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name)
      return { owner: resource.name, namespace: metadata.namespace, spec: template.spec, claimed }
    })
}

const containersOf = ({ spec }: Pick<Pod, 'spec'>) => [...(spec.initContainers ?? []), ...spec.containers]

/** Capabilities that the baseline standard lets a container have. */
const BASELINE = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

/** What the API server would refuse of a pod, by the Pod Security Standards. */
function refused(pod: Pick<Pod, 'spec'>, standard: string): string[] {
  if (standard === 'privileged') return []
  const { spec } = pod
  const said: string[] = []
  const must = (holds: boolean, what: string) => holds || said.push(what)
  const kinds = (spec.volumes ?? []).flatMap(({ name: _, ...kind }) => Object.keys(kind))
  must(!(spec.hostNetwork || spec.hostPID || spec.hostIPC), 'namespaces of the node')
  must(!kinds.includes('hostPath'), 'files of the node')
  for (const { name, securityContext = {}, ports = [] } of containersOf(pod)) {
    const { capabilities = {}, seccompProfile = spec.securityContext?.seccompProfile } = securityContext
    const added = capabilities.add ?? []
    must(!securityContext.privileged, `${name} is privileged`)
    must(
      added.every((one) => BASELINE.includes(one)),
      `${name} may ${added}`,
    )
    must(!ports.some(({ hostPort }) => hostPort !== undefined), `${name} has a port of the node`)
    must(seccompProfile?.type !== 'Unconfined', `${name} may call everything`)
    if (standard === 'baseline') continue
    const user = { ...spec.securityContext, ...securityContext }
    must(securityContext.allowPrivilegeEscalation === false, `${name} may become more`)
    must(user.runAsNonRoot === true && user.runAsUser !== 0, `${name} may be root`)
    must(['RuntimeDefault', 'Localhost'].includes(seccompProfile?.type ?? ''), `${name} has no profile of system calls`)
    must(
      capabilities.drop?.includes('ALL') === true && added.every((one) => one === 'NET_BIND_SERVICE'),
      `${name} may ${added}`,
    )
  }
  if (standard === 'restricted')
    must(
      kinds.every((kind) => VOLUMES.includes(kind)),
      `volumes ${kinds}`,
    )
  return said
}

test.each(['hostNetwork', 'privileged', 'root', 'capability', 'hostPath', 'seccomp'])('refuses %s', (fault) => {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'], ...(fault === 'capability' ? { add: ['SYS_ADMIN'] } : {}) },
    privileged: fault === 'privileged',
  }
  const pod: Pick<Pod, 'spec'> = {
    spec: {
      hostNetwork: fault === 'hostNetwork',
      securityContext: {
        runAsNonRoot: fault !== 'root',
        ...(fault === 'seccomp' ? {} : { seccompProfile: { type: 'RuntimeDefault' } }),
      },
      containers: [{ name: 'one', securityContext }],
      volumes: [{ name: 'files', ...(fault === 'hostPath' ? { hostPath: { path: '/' } } : { emptyDir: {} }) }],
    },
  }
  expect(refused(pod, 'restricted')).not.toEqual([])
  expect(refused(pod, 'privileged')).toEqual([])
})

describe.each(STACKS)('%s', (stack) => {
  const of = () => stacks[stack]

  test("has no pod that its namespace's security standard would refuse", () => {
    const standards = new Map(
      inputsOf<Named>(of(), 'kubernetes:core/v1:Namespace').map(({ metadata }) => [
        metadata.name,
        metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? 'none',
      ]),
    )
    expect(new Set(standards.values())).toEqual(new Set(['restricted', 'baseline', 'privileged']))
    for (const pod of pods(of())) {
      // Calico alone, among what is Oracle's.
      const standard = standards.get(pod.namespace) ?? (pod.namespace === 'kube-system' ? 'privileged' : 'none')
      expect(refused(pod, standard), pod.owner).toEqual([])
    }
  })

  test('mounts only volumes that are declared, and files that are there', () => {
    const { resources } = of()
    const at = ({ metadata }: Named) => `${metadata.namespace}/${metadata.name}`
    const files = (type: string, ...fields: string[]) =>
      new Map(
        inputsOf<Named & Record<string, object>>(of(), type).map((one) => [
          at(one),
          fields.flatMap((field) => Object.keys(reveal(one[field]) ?? {})),
        ]),
      )
    const configMaps = files('kubernetes:core/v1:ConfigMap', 'data', 'binaryData')
    const secrets = files('kubernetes:core/v1:Secret', 'data', 'stringData')
    const claims = inputsOf<Named>(of(), 'kubernetes:core/v1:PersistentVolumeClaim').map(at)
    for (const resource of resources.filter(({ type }) => type === 'kubernetes:cert-manager.io/v1:Certificate')) {
      const { metadata, spec } = opened<Named & { spec: { secretName: string } }>(resource)
      secrets.set(`${metadata.namespace}/${spec.secretName}`, ['tls.crt', 'tls.key', 'ca.crt'])
    }
    // What others make: Kubernetes in every namespace, PostgreSQL's operator, and an operator who restores.
    const elsewhere = [
      'kube-root-ca.crt',
      'postgres.kura-data-postgresql.credentials.postgresql.acid.zalan.do',
      'restore',
    ]

    for (const pod of pods(of())) {
      const volumes = pod.spec.volumes ?? []
      const mounted = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name))
      expect(new Set(mounted), pod.owner).toEqual(new Set([...volumes.map(({ name }) => name), ...pod.claimed]))
      const there = (known: Map<string, string[]>, name: string, items: { key: string }[] = []) => {
        if (elsewhere.includes(name)) return
        const keys = known.get(`${pod.namespace}/${name}`)
        expect(keys, `${pod.owner} mounts ${name}`).toBeDefined()
        expect(keys, `${pod.owner} mounts of ${name}`).toEqual(expect.arrayContaining(items.map(({ key }) => key)))
      }
      for (const volume of volumes)
        for (const { configMap, secret } of [volume, ...(volume.projected?.sources ?? [])]) {
          if (configMap) there(configMaps, configMap.name, configMap.items)
          if (secret) there(secrets, secret.secretName ?? secret.name ?? '', secret.items)
        }
      for (const { persistentVolumeClaim } of volumes)
        if (persistentVolumeClaim) expect(claims).toContain(`${pod.namespace}/${persistentVolumeClaim.claimName}`)
    }
  })

  test('makes everything after what it names: its namespace, its kind, its classes', () => {
    const { resources } = of()
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
    const known = new Map<string, Set<string>>()
    /** Names of what is there before a resource: what it depends on, and what its parents do. */
    const earlier = (urn: string): Set<string> => {
      const found = known.get(urn) ?? new Set<string>()
      if (known.has(urn)) return found
      known.set(urn, found)
      const { dependencies = [], parent = '' } = byUrn.get(urn) ?? {}
      for (const dependency of dependencies) found.add(byUrn.get(dependency)?.name ?? '')
      for (const next of [...dependencies, parent]) for (const name of earlier(next)) found.add(name)
      return found
    }
    const namespaces = new Map(
      resources
        .filter(({ type }) => type === 'kubernetes:core/v1:Namespace')
        .map((resource) => [opened<Named>(resource).metadata.name, resource.name]),
    )
    const KINDS: Record<string, string> = {
      'gateway.networking.k8s.io': 'kura-gateway-controller-release',
      'gateway.envoyproxy.io': 'kura-gateway-controller-release',
      'acid.zalan.do': 'kura-operators-postgres',
      'rabbitmq.com': 'kura-operators-rabbitmq-definitions',
      'cert-manager.io': 'kura-cluster-addons-cert-manager',
      'ingress.oraclecloud.com': 'kura-cluster-addons-native-ingress-controller',
    }
    const late: string[] = []
    for (const resource of resources.filter(({ type }) => type.startsWith('kubernetes:'))) {
      const inputs = opened<{ apiVersion?: string; namespace?: string; metadata?: { namespace?: string } }>(resource)
      const needed = [namespaces.get(inputs.metadata?.namespace ?? inputs.namespace ?? '')]
      needed.push(KINDS[String(inputs.apiVersion).split('/')[0] ?? ''])
      const text = JSON.stringify(inputs)
      for (const [, name] of text.matchAll(/"(?:priorityClassName|podPriorityClassName)":"kura-([a-z]+)"/g))
        needed.push(`kura-operators-priority-${name}`)
      if (text.includes('"kura-block"') && !resource.type.endsWith(':StorageClass')) needed.push('kura-operators-block')
      for (const name of needed)
        if (name !== undefined && !earlier(resource.urn).has(name)) late.push(`${resource.name} before ${name}`)
    }
    expect(late).toEqual([])
  })

  test('gives every pod a priority, so that no cell that grows drives out what all share', () => {
    for (const { owner, spec } of pods(of())) expect(spec.priorityClassName, owner).toMatch(/^(kura|system)-/)
  })

  test('has every pod of the web pool leave a lost node soon, since it finds a place elsewhere', () => {
    const web = pods(of()).filter(({ spec }) => spec.nodeSelector?.['kura/pool'] === 'web')
    expect(web.length).toBeGreaterThan(20)
    for (const { owner, spec } of web)
      for (const state of ['not-ready', 'unreachable']) {
        const found = spec.tolerations?.find(({ key }) => key === `node.kubernetes.io/${state}`)
        expect(found?.tolerationSeconds, `${owner}, ${state}`).toBeLessThanOrEqual(30)
      }
  })

  test('lets the gateway reach every Service that a route names', () => {
    const policies = inputsOf<Policy>(of(), 'kubernetes:networking.k8s.io/v1:NetworkPolicy')
    const egress = policies
      .filter(({ metadata }) => metadata.namespace === 'kura-edge' && metadata.name === 'allow-envoy')
      .flatMap(({ spec }) => spec.egress.flatMap(({ to }) => to))
    const namespaces = new Map(
      inputsOf<Named>(of(), 'kubernetes:core/v1:Namespace').map(({ metadata }) => [
        metadata.name,
        { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name },
      ]),
    )
    const routes = inputsOf<Route>(of(), 'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute')
      .filter(({ spec }) => spec.rules.some(({ backendRefs }) => backendRefs))
      .map(({ metadata }) => metadata.namespace)
    expect(routes).toContain('kura-identity')
    for (const namespace of routes) {
      const labels: Record<string, string> = namespaces.get(namespace) ?? {}
      const lets = egress.some(({ namespaceSelector: { matchLabels = {}, matchExpressions = [] } }) => {
        const exists = matchExpressions.every(({ key }) => key in labels)
        return exists && Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
      })
      expect(lets, namespace).toBe(true)
    }
  })

  test("backs PostgreSQL up with its own version's tools, since no other can restore everything", () => {
    const dockerfile = readFileSync(join(import.meta.dirname, '../../images/backup/Dockerfile'), 'utf8')
    const [cluster] = inputsOf<{ spec: { postgresql: { version: string } } }>(
      of(),
      'kubernetes:acid.zalan.do/v1:postgresql',
    )
    expect(dockerfile).toContain(`FROM docker.io/library/postgres:${cluster?.spec.postgresql.version}.`)
  })
})
