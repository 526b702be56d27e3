import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { images } from '../../infra/images.ts'
import { RESOLVERS } from '../../infra/network/flows.ts'
import { type CapturedResource, type Evaluation, reveal, Secret } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'

const NAMESPACE = 'kura-identity'
const SERVICES = ['handle', 'keycloak', 'proxy', 'scanner', 'signatures']

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 60_000)

interface Container {
  name: string
  env?: { name: string; value: string }[]
  ports?: { containerPort: number; protocol?: string }[]
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[]
}
interface Pod {
  initContainers?: Container[]
  containers: Container[]
  volumes: { name: string; emptyDir?: object; secret?: { secretName: string }; configMap?: { name: string } }[]
}
interface Workload {
  metadata: { name: string; namespace: string }
  spec: { replicas: number; template: { metadata: { annotations: Record<string, string> }; spec: Pod } }
}
interface Policy {
  metadata: { name: string; namespace: string }
  spec: {
    podSelector: { matchLabels?: Record<string, string> }
    ingress?: { from: unknown[]; ports: { port: number; protocol: string }[] }[]
    egress?: { to: unknown[]; ports: { port: number }[] }[]
  }
}
interface Files {
  metadata: { name: string; namespace: string }
  stringData: Record<string, string>
  data: Record<string, string>
}

function resources(stack: string): CapturedResource[] {
  return stacks[stack]?.resources ?? []
}

/** The inputs of this namespace's objects of a type. */
function inside<T extends { metadata: { namespace: string } }>(stack: string, type: string): T[] {
  return resources(stack)
    .filter((resource) => resource.type === `kubernetes:${type}`)
    .map((resource) => reveal(resource.inputs) as T)
    .filter(({ metadata }) => metadata.namespace === NAMESPACE)
}

/** A file of a Secret. */
function secretFile(stack: string, secret: string, file: string): string {
  const found = inside<Files>(stack, 'core/v1:Secret').find(({ metadata }) => metadata.name === secret)
  const content = found?.stringData[file]
  if (content === undefined) throw new Error(`no ${file} in Secret ${secret}`)
  return content
}

/** The hosts of all institutions, as their cells' routes name them. */
function hosts(stack: string): string[] {
  return resources(stack)
    .filter(({ type, name }) => type.endsWith(':HTTPRoute') && name.startsWith('kura-cell-'))
    .flatMap(({ inputs }) => (inputs.spec as { hostnames: string[] }).hostnames)
}

describe.each([
  ['dev', 'dev.kura.example'],
  ['prod', 'kura.example'],
])('identity in the stack %s', (stack, zone) => {
  test('runs each service with the Service and the disruption budget of its name', () => {
    for (const type of ['apps/v1:Deployment', 'core/v1:Service', 'policy/v1:PodDisruptionBudget'])
      expect(
        inside<Workload>(stack, type)
          .map(({ metadata }) => metadata.name)
          .sort(),
        type,
      ).toEqual(SERVICES)
  })

  test('shows no secret in a variable, and mounts only what is declared', () => {
    const secrets = inside<Files>(stack, 'core/v1:Secret')
    const texts = secrets.flatMap(({ stringData }) => Object.values(stringData))
    const names = [...secrets, ...inside<Files>(stack, 'core/v1:ConfigMap')].map(({ metadata }) => metadata.name)
    const workloads = [...inside<Workload>(stack, 'apps/v1:Deployment'), ...inside<Workload>(stack, 'batch/v1:Job')]
    expect(workloads).toHaveLength(SERVICES.length + 1)
    for (const { spec } of workloads) {
      const { initContainers = [], containers, volumes } = spec.template.spec
      for (const { secret, configMap, emptyDir } of volumes)
        if (!emptyDir) expect(names).toContain(secret?.secretName ?? configMap?.name)
      for (const { env = [], volumeMounts } of [...initContainers, ...containers]) {
        for (const { value } of env) expect(texts).not.toContain(value)
        for (const { name } of volumeMounts) expect(volumes.map((volume) => volume.name)).toContain(name)
      }
    }
  })

  test('denies everything, and opens for each pod the ports that it listens on', () => {
    const policies = inside<Policy>(stack, 'networking.k8s.io/v1:NetworkPolicy')
    expect(policies.find(({ metadata }) => metadata.name === 'deny-all')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    })
    for (const { metadata, spec } of inside<Workload>(stack, 'apps/v1:Deployment')) {
      const policy = policies.filter(
        (candidate) => candidate.spec.podSelector.matchLabels?.['app.kubernetes.io/name'] === metadata.name,
      )
      expect(policy, metadata.name).toHaveLength(1)
      const listening = spec.template.spec.containers
        .flatMap(({ ports = [] }) => ports)
        .map(({ containerPort, protocol = 'TCP' }) => `${protocol} ${containerPort}`)
      const open = policy[0]?.spec.ingress?.flatMap(({ ports }) =>
        ports.map(({ port, protocol }) => `${protocol} ${port}`),
      )
      // Members of the cluster of Keycloak find one another by ports that the pod does not name.
      expect(open?.filter((port) => !/7800$/.test(port)).sort(), metadata.name).toEqual(listening.sort())
    }
  })

  test('lets the metadata and the signatures in from the internet, and nothing else reach it', () => {
    const reaching = inside<Policy>(stack, 'networking.k8s.io/v1:NetworkPolicy')
      .filter(({ spec }) => JSON.stringify(spec.egress ?? []).includes('"0.0.0.0/0"'))
      .map(({ metadata }) => metadata.name)
    expect(reaching.sort()).toEqual(['allow-proxy', 'allow-signatures'])
  })

  test('lets people log in for every institution, and sends them nowhere else', () => {
    const client = JSON.parse(secretFile(stack, 'realm', 'client.json'))
    expect(client.redirectUris.sort()).toEqual(
      hosts(stack)
        .map((host) => `https://${host}/login/callback`)
        .sort(),
    )
    expect(JSON.stringify(client)).not.toContain('*')
    expect(client.secret).toMatch(/^\w{32}$/)
  })

  test('has Keycloak and the proxy know each other by the same names, keys and addresses', () => {
    const proxy = JSON.parse(secretFile(stack, 'proxy', 'proxy.json'))
    const { config } = JSON.parse(secretFile(stack, 'realm', 'broker.json'))
    const [idp] = proxy.FRONTEND_MODULES.map(
      (frontend: { config: { idp_config: object } }) => frontend.config.idp_config,
    )
    expect(config.idpEntityId).toBe(idp.entityid)
    expect(config.singleSignOnServiceUrl).toBe(`https://federation.${zone}/federation/sso/post`)
    expect(idp.cert_file).toBe('/etc/satosa-keys/1.crt')
    expect(secretFile(stack, 'proxy-keys', '1.crt').replaceAll(/-----[A-Z ]+-----|\s/g, '')).toBe(
      config.signingCertificate,
    )
    const keycloak = secretFile(stack, 'proxy', 'keycloak.xml')
    expect(keycloak).toContain(`entityID="https://login.${zone}/realms/kura"`)
    expect(keycloak).toContain(`Location="https://login.${zone}/realms/kura/broker/federation/endpoint"`)
  })

  test('reaches its databases by TLS that looks at the name', () => {
    const keycloak = secretFile(stack, 'keycloak', 'keycloak.conf')
    expect(keycloak).toMatch(
      /^db-url=jdbc:postgresql:\/\/kura-data-postgresql\.kura-data\.svc:5432\/keycloak\?sslmode=verify-full&/m,
    )
    expect(secretFile(stack, 'handle', 'config.dct')).toMatch(
      /kura-data-postgresql\.kura-data\.svc:5432\/handle\?sslmode=verify-full&/,
    )
    expect(keycloak).toContain(`hostname=https://login.${zone}\n`)
  })

  test('keeps from the world the path by which the proxy reads its metadata anew', () => {
    const [route] = inside<{
      metadata: { namespace: string }
      spec: { hostnames: string[]; rules: { matches: { path: { value: string } }[] }[] }
    }>(stack, 'gateway.networking.k8s.io/v1:HTTPRoute')
    expect(route?.spec.hostnames).toEqual([`federation.${zone}`])
    const paths = route?.spec.rules.flatMap(({ matches }) => matches.map(({ path }) => path.value)) ?? []
    expect(paths).toContain('/federation/acs')
    expect(paths.filter((path) => '/federation/reload-metadata'.startsWith(path))).toEqual([])
  })

  test('says one address of the Handle server to its load balancer and to the world, and one port to both halves', () => {
    const [service] = inside<{
      metadata: { namespace: string; name: string; annotations: Record<string, string> }
      spec: { type?: string; ports: { port: number; protocol: string; nodePort: number }[] }
    }>(stack, 'core/v1:Service').filter(({ metadata }) => metadata.name === 'handle')
    const address = resources(stack).find(({ name }) => name === 'kura-handle-address')
    expect(service?.metadata.annotations['oci.oraclecloud.com/reserved-ips']).toBe(address?.outputs.ipAddress)
    expect(JSON.parse(secretFile(stack, 'handle', 'siteinfo.json')).servers[0].address).toBe(address?.outputs.ipAddress)
    expect(service?.spec.ports).toMatchObject(
      ['TCP', 'UDP'].map((protocol) => ({ port: 2641, protocol, nodePort: RESOLVERS })),
    )
  })

  test('protects what the world knows: the address and the key of the Handle server', () => {
    const kept = resources(stack).filter(({ protect, retainOnDelete }) => protect && retainOnDelete)
    const names = kept.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['kura-handle-address', 'kura-identity-handle-key']))
  })

  test('keeps the secrets of its files secret', () => {
    const held = resources(stack).filter(
      ({ type, name }) => type === 'kubernetes:core/v1:Secret' && name.startsWith('kura-identity-'),
    )
    expect(held).toHaveLength(6)
    for (const { name, inputs } of held)
      expect(
        inputs.stringData instanceof Secret ||
          Object.values(inputs.stringData as object).some((file) => file instanceof Secret),
        name,
      ).toBe(true)
  })
})

test('an institution that comes changes what Keycloak is brought to, and rolls neither Keycloak nor the proxy', async () => {
  const rolled = (stack: string, name: string) =>
    inside<Workload>(stack, 'apps/v1:Deployment').find(({ metadata }) => metadata.name === name)?.spec.template.metadata
      .annotations['kura/configuration']
  for (const name of SERVICES) expect(rolled('dev', name), name).toMatch(/^[0-9a-f]{64}$/)
  expect(secretFile('dev', 'keycloak', 'keycloak.conf')).not.toContain(hosts('dev')[0])
  expect(secretFile('dev', 'proxy', 'proxy.json')).not.toContain(hosts('dev')[0])
})

test.each([
  ['keycloak', /^FROM quay\.io\/keycloak\/keycloak:(\S+)/gm],
  ['handle', /handle-([\d.]+)-distribution/g],
] as const)('the image of %s is built from the version that it says', (image, pattern) => {
  const file = readFileSync(join(import.meta.dirname, '../../images', image, 'Dockerfile'), 'utf8')
  const versions = [...file.matchAll(pattern)].map(([, version]) => version)
  expect(new Set(versions)).toEqual(new Set([images[image].version]))
})
