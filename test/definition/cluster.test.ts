import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCK_STORAGE, PRIORITY } from '../../infra/cluster/classes.ts'
import type { Workload } from '../../infra/pods.ts'
import { type CapturedResource, type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'
import { SpareProject } from '../support/project.ts'
import { evaluateStacks } from './stacks.ts'

const NODE_POOL = 'oci:ContainerEngine/nodePool:NodePool'
const ADDON = 'oci:ContainerEngine/addon:Addon'
const RELEASE = 'kubernetes:helm.sh/v3:Release'
const CONFIG_FILE = 'kubernetes:yaml/v2:ConfigFile'

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
})

const of = (stack: string): CapturedResource[] => stacks[stack]?.resources ?? []
const ofType = (resources: CapturedResource[], type: string) => resources.filter((resource) => resource.type === type)
function inputs<T>(resources: CapturedResource[], type: string): T[] {
  return ofType(resources, type).map((resource) => reveal(resource.inputs) as T)
}

/** The verification stack with other settings. */
async function changed(settings: Record<string, unknown>): Promise<CapturedResource[]> {
  const project = new SpareProject(settings)
  try {
    return (await evaluate({ stack: 'dev', root: project.root })).resources
  } finally {
    project.remove()
  }
}

interface NodePool {
  name: string
  initialNodeLabels: { key: string; value: string }[]
  nodeMetadata: { user_data: string; areLegacyImdsEndpointsDisabled: string }
  nodeConfigDetails: {
    size: number
    kmsKeyId: string
    isPvEncryptionInTransitEnabled: boolean
    placementConfigs: { subnetId: string; faultDomains: string[] }[]
    nsgIds: string[]
  }
  nodePoolCyclingDetails: unknown
}
interface Addon {
  addonName: string
  configurations: { key: string; value: string }[]
}
interface PodSpec {
  nodeSelector?: Record<string, string>
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[]
  priorityClassName?: string
  containers: { name: string; env?: { name: string; value?: string }[] }[]
}

const POOL = 'kura/pool'
const poolOf = ({ initialNodeLabels }: NodePool) => initialNodeLabels.find(({ key }) => key === POOL)?.value ?? ''
const startScript = ({ nodeMetadata }: NodePool) => Buffer.from(nodeMetadata.user_data, 'base64').toString()
const setting = ({ configurations }: Addon, name: string) => configurations.find(({ key }) => key === name)?.value

/** Specifications of the pods that are declared one by one, by the names of their owners. */
function pods(resources: CapturedResource[]): [owner: string, pod: PodSpec][] {
  return resources
    .filter(({ type }) => /^kubernetes:(apps|batch)\/v1:(Deployment|StatefulSet|DaemonSet|Job|CronJob)$/.test(type))
    .map(({ name, inputs: given }) => {
      const { spec } = reveal(given) as { spec: { template?: { spec: PodSpec }; jobTemplate?: unknown } }
      const { template } = (spec.jobTemplate as { spec: typeof spec } | undefined)?.spec ?? spec
      return [name, template?.spec as PodSpec]
    })
}

describe.each(['dev', 'prod'])('the cluster of %s', (stack) => {
  const postgresOperator = () =>
    inputs<{ name: string }>(of(stack), RELEASE).filter(({ name }) => name === 'postgres-operator')

  test('is private, with its secrets under a key of ours', () => {
    expect(inputs(of(stack), 'oci:ContainerEngine/cluster:Cluster')).toMatchObject([
      {
        type: 'ENHANCED_CLUSTER',
        kmsKeyId: expect.stringMatching(/^ocid1\.key\./),
        endpointConfig: { isPublicIpEnabled: false },
        clusterPodNetworkOptions: [{ cniType: 'OCI_VCN_IP_NATIVE' }],
        imagePolicyConfig: { isPolicyEnabled: false, keyDetails: [] },
      },
    ])
  })

  test('has its nodes spread over three fault domains, renewed one by one, encrypted, and closed to old metadata', () => {
    const pools = inputs<NodePool>(of(stack), NODE_POOL)
    expect(pools.map(poolOf).sort()).toEqual(['elasticsearch', 'pgpool', 'postgresql', 'rabbitmq', 'web'])
    const [web] = pools.filter((pool) => poolOf(pool) === 'web')
    for (const pool of pools) {
      const { placementConfigs, nsgIds, ...details } = pool.nodeConfigDetails
      const ofWeb = poolOf(pool) === 'web'
      expect(placementConfigs.map(({ faultDomains }) => faultDomains.length)).toEqual([3])
      expect(placementConfigs[0]?.subnetId === web?.nodeConfigDetails.placementConfigs[0]?.subnetId).toBe(ofWeb)
      expect(nsgIds[0] === web?.nodeConfigDetails.nsgIds[0]).toBe(ofWeb)
      expect(details).toMatchObject({
        kmsKeyId: expect.stringMatching(/^ocid1\.key\./),
        isPvEncryptionInTransitEnabled: true,
      })
      expect(pool.nodeMetadata.areLegacyImdsEndpointsDisabled).toBe('true')
      expect(pool.nodePoolCyclingDetails).toEqual({
        isNodeCyclingEnabled: true,
        maximumSurge: '1',
        maximumUnavailable: '0',
      })
    }
  })

  test('gives every dedicated pool a taint; what tolerates it stays on that pool, and what stays there tolerates it', () => {
    for (const pool of inputs<NodePool>(of(stack), NODE_POOL)) {
      const name = poolOf(pool)
      expect(startScript(pool)).toContain(name === 'web' ? "TAINT=''" : `TAINT='kura/pool=${name}:NoSchedule'`)
    }
    for (const [owner, { nodeSelector = {}, tolerations = [] }] of pods(of(stack))) {
      const tolerated = tolerations.filter(({ key }) => key === POOL).map(({ value }) => value)
      const pool = nodeSelector[POOL]
      expect(tolerated, owner).toEqual(pool === undefined || pool === 'web' ? [] : [pool])
    }
  })

  test('lets nothing wait for a node without a taint: agents tolerate all, add-ons run on the web pool, and leave a lost node soon', () => {
    const soon = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }
    const leaving = [
      { key: 'node.kubernetes.io/not-ready', ...soon },
      { key: 'node.kubernetes.io/unreachable', ...soon },
    ]
    for (const { addonName, configurations } of inputs<Addon>(of(stack), ADDON)) {
      const placement = configurations.filter(({ key }) => ['nodeSelectors', 'tolerations'].includes(key))
      const agent = ['KubeProxy', 'OciVcnIpNative', 'NodeProblemDetector'].includes(addonName)
      expect(Object.fromEntries(placement.map(({ key, value }) => [key, JSON.parse(value)]))).toEqual(
        agent
          ? { tolerations: [{ operator: 'Exists' }] }
          : { nodeSelectors: { 'kura/pool': 'web' }, tolerations: leaving },
      )
    }
    for (const { name, inputs: given } of ofType(of(stack), 'kubernetes:apps/v1:DaemonSet')) {
      const { spec } = reveal(given) as { spec: { template: { spec: PodSpec } } }
      expect(spec.template.spec.tolerations, name).toContainEqual({ operator: 'Exists' })
    }
    const [release] = inputs<{ values: object }>(of(stack), RELEASE)
    expect(release?.values).toMatchObject({ nodeSelector: { 'kura/pool': 'web' }, tolerations: leaving })
  })

  test('tells the plan about every add-on and agent of OKE, as much as it asks for', () => {
    const workloads = ofType(of(stack), 'kura:cloud:Addons').flatMap(({ outputs }) => outputs.workloads as Workload[])
    expect(workloads.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
      'DaemonSet csi-oci-node',
      'DaemonSet kube-proxy',
      'DaemonSet oke-node-problem-detector',
      'DaemonSet proxymux-client',
      'DaemonSet vcn-native-ip-cni',
      'Deployment cert-manager-cainjector',
      'Deployment cert-manager-controller',
      'Deployment cert-manager-webhook',
      'Deployment coredns',
      'Deployment kube-dns-autoscaler',
      'Deployment metrics-server',
      'Deployment oci-native-ingress-controller',
    ])
    for (const addon of inputs<Addon>(of(stack), ADDON))
      for (const { key, value } of addon.configurations.filter((each) => each.key.endsWith('.ContainerResources'))) {
        const workload = workloads.find(({ name }) => `${name}.ContainerResources` === key)
        expect(JSON.parse(value).requests.cpu, key).toBe(`${(workload?.vcpu ?? 0) * 1000}m`)
      }
  })

  test('installs the metrics server after cert-manager, and what runs inside after the add-ons', () => {
    const named = (name: string) => of(stack).find((resource) => resource.name === name)
    const certManager = named('kura-cluster-addons-cert-manager')?.urn
    expect(named('kura-cluster-addons-kubernetes-metrics-server')?.dependencies).toContain(certManager)
    expect(named('kura-operators')?.dependencies).toContain(certManager)
  })

  test('has an engine for its network policies, on every node, before anything else of ours runs', () => {
    expect(ofType(of(stack), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').length).toBeGreaterThan(0)
    const calico = of(stack).find(({ name }) => name === 'kura-operators-calico-node')
    const [[, pod] = []] = pods(calico ? [calico] : [])
    expect(pod?.containers[0]?.env).toEqual(
      expect.arrayContaining([
        { name: 'FELIX_INTERFACEPREFIX', value: 'oci' },
        { name: 'CALICO_NETWORKING_BACKEND', value: 'none' },
      ]),
    )
    expect(of(stack).find(({ name }) => name === 'kura-data')?.dependencies).toContain(calico?.urn)
  })

  test('fetches charts and definitions at exact versions, and runs their images from our registry', () => {
    for (const release of inputs<{ version: string; atomic: boolean; values: unknown }>(of(stack), RELEASE)) {
      expect(release.version).toMatch(/^v?\d+\.\d+\.\d+$/)
      expect(release.atomic).toBe(true)
    }
    const urls = inputs<{ file: string }>(of(stack), CONFIG_FILE).map(({ file }) => file)
    expect(urls.length).toBe(2)
    for (const url of urls)
      expect(url).toMatch(/^https:\/\/raw\.githubusercontent\.com\/[\w-]+\/[\w-]+\/v\d+\.\d+\.\d+\//)
    expect(postgresOperator()).toMatchObject([
      {
        name: 'postgres-operator',
        values: {
          image: {
            registry: `nrt.ocir.io/example/kura-${stack}`,
            repository: 'mirror/zalando/postgres-operator',
            tag: expect.stringMatching(/^v\d+\.\d+\.\d+/),
          },
          configGeneral: {
            docker_image: expect.stringMatching(/^nrt\.ocir\.io\/example\/kura-(dev|prod)\/mirror\/zalando\/spilo-18:/),
          },
        },
      },
    ])
  })

  test("keeps PostgreSQL's volumes and secrets, whatever becomes of its resource", () => {
    expect(postgresOperator()).toMatchObject([
      {
        values: {
          configKubernetes: {
            watched_namespace: 'kura-data',
            enable_secrets_deletion: false,
            enable_persistent_volume_claim_deletion: false,
            persistent_volume_claim_retention_policy: { when_deleted: 'retain', when_scaled: 'retain' },
          },
        },
      },
    ])
  })

  test('gives block volumes of ours a key of ours, and keeps them when their claims go', () => {
    expect(inputs(of(stack), 'kubernetes:storage.k8s.io/v1:StorageClass')).toMatchObject([
      {
        metadata: { name: BLOCK_STORAGE },
        provisioner: 'blockvolume.csi.oraclecloud.com',
        parameters: { 'kms-key-id': expect.stringMatching(/^ocid1\.key\./) },
        reclaimPolicy: 'Retain',
        allowVolumeExpansion: true,
        volumeBindingMode: 'WaitForFirstConsumer',
      },
    ])
  })

  test('puts data before what all share, that before cells, and cells before jobs; every class named is declared', () => {
    const classes = inputs<{ metadata: { name: string }; value: number }>(
      of(stack),
      'kubernetes:scheduling.k8s.io/v1:PriorityClass',
    ).sort((a, b) => b.value - a.value)
    expect(classes.map(({ metadata }) => metadata.name)).toEqual([
      PRIORITY.data,
      PRIORITY.edge,
      PRIORITY.cell,
      PRIORITY.batch,
    ])
    const known = [...classes.map(({ metadata }) => metadata.name), 'system-node-critical', undefined]
    for (const [owner, { priorityClassName }] of pods(of(stack))) expect(known, owner).toContain(priorityClassName)
  })
})

describe('a new node', () => {
  /** Runs a pool's start script in a folder, with stand-ins for what it calls; yields what it left. */
  function start(pool: string) {
    const root = mkdtempSync(join(tmpdir(), 'kura-node-'))
    const commands = join(root, 'commands')
    const standIn = (path: string, script: string) => {
      writeFileSync(path, `#!/bin/bash\n${script}\n`)
      chmodSync(path, 0o755)
    }
    try {
      for (const folder of ['commands', 'etc/sysctl.d', 'usr/local/bin', 'usr/libexec', 'var/run'])
        mkdirSync(join(root, folder), { recursive: true })
      standIn(join(root, 'usr/libexec/oci-growfs'), `touch ${root}/grown`)
      standIn(join(commands, 'sysctl'), 'exit 0')
      // Asked for the instance's start script, it answers one that keeps what it is given.
      standIn(
        join(commands, 'curl'),
        `for argument; do
           [[ $before == --output ]] && echo "$*" > "$argument"
           before=$argument
         done
         [[ "$*" == *oke_init_script ]] && base64 <<< 'printf "%s\\n" "$@" > ${root}/started'
         exit 0`,
      )
      const [found] = inputs<NodePool>(of('prod'), NODE_POOL).filter((each) => poolOf(each) === pool)
      const script = (found ? startScript(found) : '').replaceAll(/(?<=[\s=])\/(?=etc|usr|var)/g, `${root}/`)
      execFileSync('bash', ['--norc', '-c', script], { env: { PATH: `${commands}:${process.env.PATH}` } })
      const left = (path: string) => readFileSync(join(root, path), 'utf8')
      return {
        grown: left('grown'),
        kubelet: left('started').replaceAll(root, '').trim().split('\n'),
        provider: left('usr/local/bin/credential-provider-oke'),
        configuration: left('etc/kubernetes/credential-provider.yaml'),
        maps: pool === 'elasticsearch' ? left('etc/sysctl.d/90-elasticsearch.conf') : undefined,
      }
    } finally {
      rmSync(root, { recursive: true })
    }
  }

  test('grows its file system and pulls images by its own identity', () => {
    const { grown, kubelet, provider, configuration } = start('web')
    expect(grown).toBe('')
    expect(provider).toMatch(/releases\/download\/v\d+\.\d+\.\d+\//)
    expect(configuration).toContain('matchImages: ["nrt.ocir.io"]')
    expect(kubelet).toEqual([
      '--kubelet-extra-args',
      '--image-credential-provider-bin-dir=/usr/local/bin --image-credential-provider-config=/etc/kubernetes/credential-provider.yaml',
    ])
  })

  test.each(['postgresql', 'pgpool', 'elasticsearch', 'rabbitmq'])(
    'of the pool %s registers with its taint',
    (pool) => {
      const { kubelet, maps } = start(pool)
      expect(kubelet[1]).toMatch(new RegExp(` --register-with-taints=kura/pool=${pool}:NoSchedule$`))
      expect(maps).toBe(pool === 'elasticsearch' ? 'vm.max_map_count = 262144\n' : undefined)
    },
  )
})

test('signatures of images are asked for once keys are named', async () => {
  const key = 'ocid1.key.oc1.ap-tokyo-1.signing'
  const resources = await changed({ 'kubernetes.signedImages': [key] })
  expect(inputs(resources, 'oci:ContainerEngine/cluster:Cluster')).toMatchObject([
    { imagePolicyConfig: { isPolicyEnabled: true, keyDetails: [{ kmsKeyId: key }] } },
  ])
})

test('the web pool grows under load once its most is set, and deployments then leave its size alone', async () => {
  expect(inputs<Addon>(of('dev'), ADDON).some(({ addonName }) => addonName === 'ClusterAutoscaler')).toBe(false)
  const resources = await changed({ 'pools.web.most': 6 })
  const [autoscaler] = inputs<Addon>(resources, ADDON).filter(({ addonName }) => addonName === 'ClusterAutoscaler')
  const named = (name: string) => resources.find((resource) => resource.name === `kura-cluster-${name}`)
  expect(autoscaler && setting(autoscaler, 'nodes')).toMatch(/^3:6:ocid1\.nodepool\./)
  expect(named('web')?.ignoreChanges).toEqual(['nodeConfigDetails.size'])
  expect(named('pgpool')?.ignoreChanges).toEqual([])
})

test('where operators are there already, their charts and definitions are left out, and the classes stay', async () => {
  const resources = await changed({ operators: 'existing' })
  expect(ofType(resources, RELEASE)).toEqual([])
  expect(ofType(resources, CONFIG_FILE)).toEqual([])
  expect(ofType(resources, 'kubernetes:scheduling.k8s.io/v1:PriorityClass').length).toBe(4)
  expect(resources.some(({ name }) => name === 'kura-operators-namespace')).toBe(true)
})

/**
 * Inputs of which a change replaces the resource, by type: those that Oracle's provider does not call updatable, and
 * what Kubernetes refuses to change.
 */
const IMMUTABLE: Record<string, string[]> = {
  'oci:ContainerEngine/cluster:Cluster': [
    'vcnId',
    'kmsKeyId',
    'endpointConfig',
    'clusterPodNetworkOptions',
    'options.kubernetesNetworkConfig',
    'options.ipFamilies',
    'options.serviceLbSubnetIds',
  ],
  [NODE_POOL]: ['clusterId', 'compartmentId', 'nodeConfigDetails.nodePoolPodNetworkOptionDetails.cniType'],
  'oci:Core/subnet:Subnet': ['cidrBlock', 'dnsLabel', 'vcnId', 'prohibitInternetIngress', 'prohibitPublicIpOnVnic'],
  'oci:Core/vcn:Vcn': ['cidrBlocks', 'dnsLabel'],
  'oci:Core/drgAttachment:DrgAttachment': ['drgId', 'networkDetails'],
  'oci:Core/virtualCircuit:VirtualCircuit': ['type', 'providerServiceId'],
  'kubernetes:storage.k8s.io/v1:StorageClass': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  'kubernetes:apps/v1:Deployment': ['spec.selector'],
  'kubernetes:apps/v1:DaemonSet': ['spec.selector'],
}

test('what an operator changes day to day changes nothing that would replace network, cluster, pools or classes', async () => {
  const resources = await changed({
    'pools.web.nodes': 5,
    'pools.web.vcpu': 16,
    'pools.web.memory': 64,
    'pools.elasticsearch.nodes': 5,
    'kubernetes.nodeImage': 'Oracle-Linux-8.10-2025.08.31-0-OKE-1.34.1-1151',
    'cells.pins': { kita: '0.2.0' },
    'sinet.bandwidth': '2 Gbps',
    'bastion.clients': ['203.0.113.0/24'],
  })
  const at = (value: unknown, path: string) =>
    path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], value)
  const held = of('dev').filter(({ type }) => type in IMMUTABLE)
  expect(held.length).toBeGreaterThan(20)
  for (const before of held) {
    const after = resources.find(({ urn }) => urn === before.urn)
    for (const path of IMMUTABLE[before.type] ?? [])
      expect(at(reveal(after?.inputs ?? {}), path), `${before.name} ${path}`).toEqual(at(reveal(before.inputs), path))
  }
})
