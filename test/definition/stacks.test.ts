import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../app/config.ts'
import { type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { type CellMounts, mounts, writeMounts } from '../../tools/evaluate/mounts.ts'
import { exposed, halfKnown } from './gates.ts'
import { evaluateStacks } from './stacks.ts'

const INSTITUTIONS = {
  dev: { aozora: 'kita', hidamari: 'kita', misaki: 'minami' },
  prod: { hoshizora: 'nishi', minatogawa: 'higashi', suzukake: 'higashi', yukimi: 'nishi' },
}

/** The operators' table: vCPU and GiB of a node, and the number of nodes. */
const TABLE = {
  web: [16, 64, 15],
  postgresql: [16, 64, 3],
  pgpool: [4, 16, 2],
  elasticsearch: [16, 64, 13],
  rabbitmq: [8, 64, 3],
}

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 60_000)

/** The inputs of all resources of a type. */
function inputs<T>(stack: string, type: string): T[] {
  return of(stack)
    .resources.filter((resource) => resource.type === type)
    .map((resource) => reveal(resource.inputs) as T)
}

function of(stack: string): Evaluation {
  const evaluation = stacks[stack]
  if (!evaluation) throw new Error(`${stack} was not evaluated`)
  return evaluation
}

interface Pod {
  automountServiceAccountToken: boolean
  serviceAccountName?: string
  nodeSelector: Record<string, string>
  securityContext: { runAsNonRoot: boolean; seccompProfile: { type: string } }
  initContainers?: PodContainer[]
  containers: PodContainer[]
}
interface PodContainer {
  name: string
  image: string
  resources: { requests: { cpu: string; memory: string }; limits: { memory: string } }
  securityContext: {
    allowPrivilegeEscalation: boolean
    readOnlyRootFilesystem: boolean
    capabilities: { drop: string[] }
  }
}
interface Deployment {
  metadata: { name: string; namespace: string }
  spec: {
    replicas: number
    strategy: { rollingUpdate: { maxSurge: number } }
    template: { metadata: { annotations: Record<string, string> }; spec: Pod }
  }
}

describe.each(['dev', 'prod'] as const)('the stack %s', (stack) => {
  test('holds nothing half-known', () => expect(halfKnown(of(stack).resources)).toEqual([]))
  test('shows no secret', () => expect(exposed(of(stack))).toEqual([]))
  test('writes nothing to the log', () => expect(of(stack).logs).toEqual([]))

  test('protects and retains what holds data, and the cluster', () => {
    const kept = of(stack).resources.filter(({ protect, retainOnDelete }) => protect && retainOnDelete)
    expect(kept.map(({ name }) => name).sort()).toEqual(
      [
        'kura-cluster-oke',
        'kura-data-elasticsearch-nodes-set',
        'kura-data-namespace',
        'kura-data-postgresql-cluster',
        'kura-data-rabbitmq-cluster',
        'kura-files-elasticsearch',
        'kura-files-postgresql',
        ...(stack === 'prod' ? [1, 2, 3] : [1]).map((number) => `kura-files-mount-target-${number}`),
        ...['buckets', 'compartment', 'files', 'kubernetes', 'vault', 'volumes'].map((part) => `kura-keys-${part}`),
        ...['contents', 'dumps', 'logs', 'snapshots', 'wal'].map((bucket) => `kura-storage-${bucket}`),
        'kura-handle-address',
        'kura-identity-handle-key',
        'kura-storage-replica-contents',
        'kura-storage-replica-dumps',
      ].sort(),
    )
  })

  test('makes one password for each institution, whatever its cell', () => {
    const passwords = of(stack).resources.filter(({ parent }) => parent.endsWith('::kura-passwords'))
    expect(passwords.map(({ name }) => name).sort()).toEqual(
      Object.keys(INSTITUTIONS[stack]).map((id) => `kura-passwords-${id}`),
    )
  })

  test('reaches everything in Oracle Cloud and in the cluster by its own providers', () => {
    const named = /^(oci|kubernetes):/
    for (const { type, name, provider } of of(stack).resources)
      if (named.test(type))
        expect(provider, name).toMatch(/::kura-(oracle|home|storage-replica-region|cluster-kubernetes)::/)
  })

  test('runs every pod by the restricted Pod Security rules, with requests and limits', () => {
    for (const { metadata, spec } of inputs<Deployment>(stack, 'kubernetes:apps/v1:Deployment')) {
      const pod = spec.template.spec
      // A token only for whom it was made.
      expect(pod.automountServiceAccountToken, metadata.name).toBe(pod.serviceAccountName !== undefined)
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      for (const { image, resources, securityContext } of [...(pod.initContainers ?? []), ...pod.containers]) {
        expect(image).toMatch(/:v?\d+\.\d+\.\d+$/)
        expect(resources.limits.memory).toBe(resources.requests.memory)
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
      }
    }
  })

  test('routes every host of an institution to its cell, once', () => {
    const routes = inputs<{ metadata: { namespace: string }; spec: { hostnames: string[] } }>(
      stack,
      'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute',
    ).filter(({ metadata }) => metadata.namespace.startsWith('kura-cell-'))
    for (const { spec } of routes) expect(spec.hostnames.length).toBeLessThanOrEqual(16)
    const routed = routes.flatMap(({ metadata, spec }) => spec.hostnames.map((host) => `${metadata.namespace} ${host}`))
    const { tenants } = configured(stack, 'web')
    expect(routed.sort()).toEqual(
      tenants.flatMap(({ cell, hosts }) => hosts.map((host) => `kura-cell-${cell} ${host}`)).sort(),
    )
  })

  test('denies everything to a cell by default, and lets it reach the services that it is configured with', () => {
    for (const cell of new Set(Object.values(INSTITUTIONS[stack]))) {
      const policies = inputs<{
        metadata: { name: string; namespace: string }
        spec: { egress?: { ports: { port: number }[] }[] }
      }>(stack, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').filter(
        ({ metadata }) => metadata.namespace === `kura-cell-${cell}`,
      )
      const named = (name: string) => policies.find(({ metadata }) => metadata.name === name)?.spec
      expect(named('deny-all')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
      expect(named('allow-gateway')).toMatchObject({ ingress: [{ ports: [{ port: 8080 }] }] })
      expect(named('allow-services')?.egress?.map(({ ports }) => ports.map(({ port }) => port))).toEqual([
        [53, 53],
        [5432],
        [9200],
        [5671],
        [6379],
        [3310],
        [443],
      ])
    }
  })

  test("keeps all cells' connections within one pgpool-II, and two of those within PostgreSQL", () => {
    const { database } = configured(stack, 'web')
    const processes = inputs<Deployment>(stack, 'kubernetes:apps/v1:Deployment')
      .filter(({ metadata }) => metadata.namespace.startsWith('kura-cell-'))
      .reduce((sum, { spec }) => sum + spec.replicas + spec.strategy.rollingUpdate.maxSurge, 0)
    const [configuration] = inputs<{ data: Record<string, string> }>(stack, 'kubernetes:core/v1:ConfigMap').filter(
      ({ data }) => 'pgpool.conf' in data,
    )
    const setting = (name: string) =>
      Number(new RegExp(`^${name} = (\\d+)$`, 'm').exec(configuration?.data['pgpool.conf'] ?? '')?.[1])
    expect(setting('num_init_children') - setting('reserved_connections')).toBeGreaterThanOrEqual(
      processes * database.connections,
    )
    const [cluster] = inputs<{ spec: { postgresql: { parameters: Record<string, string> } } }>(
      stack,
      'kubernetes:acid.zalan.do/v1:postgresql',
    )
    expect(Number(cluster?.spec.postgresql.parameters.max_connections)).toBeGreaterThan(
      2 * setting('num_init_children'),
    )
  })

  test("gives the operator the provisioner's password under the name that it looks for", () => {
    expect(
      inputs<{ metadata: { name: string }; stringData: Record<string, string> }>(
        stack,
        'kubernetes:core/v1:Secret',
      ).find(
        ({ metadata }) =>
          metadata.name === 'kura-provisioner.kura-data-postgresql.credentials.postgresql.acid.zalan.do',
      )?.stringData,
    ).toEqual({ username: 'kura_provisioner', password: expect.stringMatching(/^\w{32}$/) })
  })

  describe('as its pods mount it', () => {
    test('is a configuration that the application reads, with every institution in its cell', () => {
      for (const container of ['web', 'worker', 'provision'] as const)
        expect(Object.fromEntries(configured(stack, container).tenants.map(({ id, cell }) => [id, cell]))).toEqual(
          INSTITUTIONS[stack],
        )
    })

    test('stays far below the 1 MiB that Kubernetes takes in a ConfigMap', () => {
      for (const { data } of inputs<{ data: Record<string, string> }>(stack, 'kubernetes:core/v1:ConfigMap'))
        expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(64 * 1024)
    })

    test('starts the application by its commands', () => {
      for (const { web, worker, provision } of mounts(of(stack))) {
        const command = ['node', '--enable-source-maps', '--import', './app/platform/tsx.ts', 'app/main.ts']
        expect([web, worker, provision].map(({ args }) => args)).toEqual([['web'], ['worker'], ['provision']])
        for (const container of [web, worker, provision])
          expect(container).toMatchObject({ command, workingDir: '/srv/kura', env: { KURA_CONFIG: '/etc/kura' } })
      }
    })

    test("shows the provisioner's password to the provisioning container alone, and no file to others", () => {
      const secrets = ({ mounts: places }: CellMounts['web']) =>
        places.flatMap(({ files }) => Object.keys(files).filter((path) => path.startsWith('secrets/')))
      for (const { cell, web, worker, provision } of mounts(of(stack))) {
        const own = Object.entries(INSTITUTIONS[stack])
          .filter(([, where]) => where === cell)
          .map(([id]) => `secrets/tenants/${id}`)
        const services = ['search', 'queue', 'cache', 'objects/id', 'objects/secret'].map((name) => `secrets/${name}`)
        expect(secrets(web)).toEqual([...services, ...own])
        expect(secrets(worker)).toEqual([...services, ...own])
        expect(secrets(provision)).toEqual([...services, ...own, 'secrets/provisioner'])
      }
    })
  })
})

test("prod's node pools are the operators' table, at two vCPU an OCPU", () => {
  const pools = inputs<{
    name: string
    nodeShapeConfig: { ocpus: number; memoryInGbs: number }
    nodeConfigDetails: { size: number }
  }>('prod', 'oci:ContainerEngine/nodePool:NodePool')
  expect(
    Object.fromEntries(
      pools.map(({ name, nodeShapeConfig, nodeConfigDetails }) => [
        name.replace('kura-cluster-', ''),
        [nodeShapeConfig.ocpus * 2, nodeShapeConfig.memoryInGbs, nodeConfigDetails.size],
      ]),
    ),
  ).toEqual(TABLE)
})

const written = mkdtempSync(join(tmpdir(), 'kura-mounts-'))
afterAll(() => rmSync(written, { recursive: true }))

/** What the application reads in the containers of all cells. */
function configured(stack: string, container: 'web' | 'worker' | 'provision') {
  const folders = mounts(of(stack)).map((cell) => {
    const root = join(written, stack, cell.cell, container)
    writeMounts(cell[container], root)
    return join(root, cell[container].env.KURA_CONFIG ?? '')
  })
  const config = loadConfig(folders.join(':'))
  for (const { passwordFile } of config.tenants) expect(statSync(passwordFile).mode & 0o777).toBe(0o600)
  return config
}
