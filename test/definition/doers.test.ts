import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { images, reference } from '../../infra/images.ts'
import { subnetRanges } from '../../infra/network/subnets.ts'
import { WORKLOADS } from '../../infra/operations/grants.ts'
import { EMITTERS } from '../../infra/operations/metrics/emitters.ts'
import { type CapturedResource, type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { readProject } from '../../tools/evaluate/project.ts'
import { resourceOf } from '../support/resource.ts'
import { allPods, containersOf, declaredPods, type Labels, type Pod, secretsOf } from './pods.ts'
import { evaluateStacks, inputsOf, opened, STACKS, type Stack } from './stacks.ts'
import { Waiting } from './waiting.ts'

/** Everything declared has a doer. Network policies are in `traffic.test.ts`, secrets in `secrets.test.ts`. */

const ROOT = join(import.meta.dirname, '../..')

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
}, 60_000)

/** A resource by its name. */
function named({ resources }: Evaluation, name: string): CapturedResource {
  const found = resources.find((resource) => resource.name === name)
  if (!found) throw new Error(`${name} is not declared`)
  return found
}

interface Object {
  metadata: { name: string; namespace: string; annotations?: Labels }
}

describe.each(STACKS)('alarms of %s ↔ who emits what they look at', (stack) => {
  const of = () => stacks[stack]

  /** Which pods the emitters are that are read where pods say so. */
  const READ: Partial<Record<keyof typeof EMITTERS, RegExp>> = {
    'node-exporter': /^kura-nodes\/node-exporter$/,
    patroni: /^kura-data\/kura-data-postgresql$/,
    'postgres-exporter': /^kura-data\/kura-data-postgresql-exporter$/,
    'elasticsearch-exporter': /^kura-data\/kura-data-elasticsearch-exporter$/,
    rabbitmq: /^kura-data\/kura-data-rabbitmq$/,
    envoy: /^kura-edge\/envoy$/,
    'cert-manager': /^cert-manager\/cert-manager$/,
    application: /^kura-cell-.+\/(web|worker)$/,
  }

  test('every emitter that is read by its pods is pods that ask to be read', () => {
    const byPods = Object.entries(EMITTERS).filter(([, { job }]) => job === 'pods')
    expect(byPods.map(([emitter]) => emitter).sort()).toEqual(Object.keys(READ).sort())
    for (const [emitter, pattern] of Object.entries(READ)) {
      const pods = allPods(of()).filter(({ name }) => pattern.test(name))
      expect(pods.length, emitter).toBeGreaterThan(0)
      for (const { name, annotations } of pods) expect(annotations['prometheus.io/scrape'], name).toBe('true')
    }
    expect(named(of(), 'kura-gateway-proxy').inputs.spec).toMatchObject({
      provider: {
        kubernetes: { envoyDeployment: { pod: { annotations: { 'prometheus.io/path': '/stats/prometheus' } } } },
      },
    })
  })

  test('no pod is read twice: sums over instances would double', () => {
    const file = inputsOf<{ data: Labels }>(of(), 'kubernetes:core/v1:ConfigMap').find(
      ({ data }) => 'prometheus.yml' in data,
    )?.data['prometheus.yml']
    expect(file?.match(/role: pod/g)).toHaveLength(1)
    expect(file).toContain('prometheus_io_scrape')
  })

  test('every CronJob is watched, and it was decided for each that its silence wakes somebody', () => {
    const jobs = inputsOf<Object & { spec: { suspend?: boolean } }>(of(), 'kubernetes:batch/v1:CronJob')
    const name = ({ metadata }: Object) => `${metadata.namespace}/${metadata.name}`
    expect(
      jobs
        .filter(({ spec }) => !spec.suspend)
        .map(name)
        .sort(),
    ).toEqual([
      ...['base-check', 'dumps', 'dumps-check', 'offsite', 'physical', 'physical-check'].map(
        (job) => `kura-backups/${job}`,
      ),
      ...['snapshots', 'snapshots-check'].map((job) => `kura-backups/${job}`),
      'kura-edge/certificates',
      'kura-nightly/comparison',
    ])
    // An operator starts it.
    expect(jobs.filter(({ spec }) => spec.suspend).map(name)).toEqual(['kura-backups/restore'])
    const state = allPods(of()).find(({ name: pod }) => pod === 'kura-operations/kube-state-metrics')
    const args = state?.spec.containers[0]?.args ?? []
    expect(args.find((arg) => arg.startsWith('--resources='))).toMatch(/[=,]cronjobs(,|$)/)
    expect(args.filter((arg) => arg.startsWith('--namespaces'))).toEqual([])
  })
})

describe.each(STACKS)('taints of %s ↔ tolerations', (stack) => {
  const of = () => stacks[stack]

  test('what stays on a dedicated pool tolerates its taint, and nothing tolerates one without staying there', () => {
    const taints = new Map(
      inputsOf<{ initialNodeLabels: { key: string; value: string }[]; nodeMetadata: { user_data: string } }>(
        of(),
        'oci:ContainerEngine/nodePool:NodePool',
      ).map(({ initialNodeLabels, nodeMetadata }) => [
        initialNodeLabels.find(({ key }) => key === 'kura/pool')?.value ?? '',
        /^TAINT='(.*)'$/m.exec(Buffer.from(nodeMetadata.user_data, 'base64').toString())?.[1] ?? '',
      ]),
    )
    expect([...taints].filter(([, taint]) => taint === '').map(([pool]) => pool)).toEqual(['web'])
    for (const { name, daemon, spec } of allPods(of())) {
      const tolerated = (spec.tolerations ?? []).flatMap(({ key, value, effect, operator }) =>
        key === 'kura/pool' || key === undefined ? [operator === 'Exists' ? '*' : `${key}=${value}:${effect}`] : [],
      )
      if (daemon) expect([spec.nodeSelector?.['kura/pool'], tolerated], name).toEqual([undefined, ['*']])
      else {
        const pool = spec.nodeSelector?.['kura/pool'] ?? ''
        expect([...taints.keys()], name).toContain(pool)
        expect(tolerated, name).toEqual(pool === 'web' ? [] : [taints.get(pool)])
      }
    }
  })

  test('add-ons run on every node, or on the pool without a taint', () => {
    for (const { addonName, configurations } of inputsOf<{
      addonName: string
      configurations: { key: string; value: string }[]
    }>(of(), 'oci:ContainerEngine/addon:Addon')) {
      const said = Object.fromEntries(configurations.map(({ key, value }) => [key, value]))
      if (said.tolerations === undefined)
        expect(JSON.parse(said.nodeSelectors ?? '{}'), addonName).toEqual({ 'kura/pool': 'web' })
      else expect(JSON.parse(said.tolerations), addonName).toEqual([{ operator: 'Exists' }])
    }
  })
})

describe.each(STACKS)('hosts of %s ↔ certificate, record, load balancer and route', (stack) => {
  const of = () => stacks[stack]

  test('every host is routed, named by the certificate of one door, and found at that door', () => {
    const [zone] = inputsOf<{ name: string }>(of(), 'oci:Dns/zone:Zone').map(({ name }) => name)
    const routes = inputsOf<Object & { spec: { hostnames?: string[] } }>(
      of(),
      'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute',
    ).flatMap(({ spec }) => spec.hostnames ?? [])
    const certificates = inputsOf<Object & { spec: { dnsNames: string[]; secretName: string } }>(
      of(),
      'kubernetes:cert-manager.io/v1:Certificate',
    ).filter(({ metadata }) => metadata.namespace === 'kura-edge')
    const records = new Map(
      inputsOf<{ domain: string; rtype: string; items: { rdata: string }[] }>(of(), 'oci:Dns/rrset:Rrset')
        .filter(({ rtype }) => rtype === 'A')
        .map(({ domain, items }) => [domain, items[0]?.rdata]),
    )
    const classes = inputsOf<Object>(of(), 'kubernetes:networking.k8s.io/v1:IngressClass')
    const ingresses = inputsOf<Object & { spec: { ingressClassName: string } }>(
      of(),
      'kubernetes:networking.k8s.io/v1:Ingress',
    )
    const importer = Object.fromEntries(
      (opened<{ data: Labels }>(named(of(), 'kura-gateway-certificates-importer-configuration')).data.doors ?? '')
        .trim()
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    )
    const wildcard = (host: string) => host.replace(/^[^.]+/, '*')

    const hosts = [...routes, `login.${zone}`]
    expect(hosts).toContain(`federation.${zone}`)
    expect(new Set(hosts).size).toBe(hosts.length)
    for (const host of hosts) {
      const doors = certificates.filter(({ spec }) =>
        [host, wildcard(host)].some((name) => spec.dnsNames.includes(name)),
      )
      // Login has a door of its own, though the wildcard would name it.
      const [door] = doors.sort((a) => (a.spec.dnsNames.includes(host) ? -1 : 1))
      if (!door) throw new Error(`no certificate names ${host}`)
      const { name } = door.metadata
      const address = named(of(), `${name}-address`).outputs.ipAddress
      // One outside our zone is its institution's to point to the group's own name.
      const record = host.endsWith(`.${zone}`)
        ? (records.get(host) ?? records.get(wildcard(host)))
        : records.get(door.spec.dnsNames[0] ?? '')
      expect(record, host).toBe(address)
      const balancer = named(of(), `${name}-load-balancer`)
      expect(balancer.inputs.reservedIps, host).toEqual([{ id: named(of(), `${name}-address`).id }])
      const annotations = classes.find(({ metadata }) => metadata.name === name)?.metadata.annotations ?? {}
      expect(annotations['oci-native-ingress.oraclecloud.com/id'], host).toBe(balancer.id)
      const [secure] = ingresses.filter(
        ({ metadata, spec }) =>
          spec.ingressClassName === name &&
          metadata.annotations?.['oci-native-ingress.oraclecloud.com/https-listener-port'] === '443',
      )
      const served = secure?.metadata.annotations?.['oci-native-ingress.oraclecloud.com/certificate-ocid']
      expect(served, host).toBe(named(of(), `${name}-certificate`).id)
      // And what is served is what is issued: the job brings the Secret of the certificate there.
      expect([importer[name], door.spec.secretName], host).toEqual([served, name])
    }
    // Handles have no certificate: their protocol signs its answers.
    expect(records.get(`handle.${zone}`)).toBe(named(of(), 'kura-handle-address').outputs.ipAddress)
  })
})

describe.each(STACKS)('paths of volumes of %s ↔ who makes them', (stack) => {
  const of = () => stacks[stack]

  interface Export {
    fileSystemId: string
    path: string
    exportOptions: { source: string; identitySquash: string }[]
  }

  /** The export behind each claim of a pod, by where the pod mounts it. */
  function mounts(pod: Pod): { path: string; of: Export }[] {
    const claims = inputsOf<Object & { spec: { volumeName: string } }>(of(), 'kubernetes:core/v1:PersistentVolumeClaim')
    const volumes = inputsOf<
      Object & {
        spec: { claimRef: { name: string; namespace: string }; csi: { driver: string; volumeHandle: string } }
      }
    >(of(), 'kubernetes:core/v1:PersistentVolume')
    const exports = inputsOf<Export>(of(), 'oci:FileStorage/export:Export')
    const mountedAs = (volume: string, exported: Export) =>
      containersOf(pod.spec).flatMap(({ volumeMounts = [] }) =>
        volumeMounts.filter((mount) => mount.name === volume).map((mount) => ({ path: mount.mountPath, of: exported })),
      )
    return (pod.spec.volumes ?? []).flatMap(({ name: volume, persistentVolumeClaim, nfs }) => {
      if (nfs) {
        const exported = exports.find(({ path }) => path === nfs.path)
        if (!exported) throw new Error(`nothing is exported as ${nfs.path}, which ${pod.name} mounts`)
        return mountedAs(volume, exported)
      }
      if (!persistentVolumeClaim) return []
      const { claimName: name } = persistentVolumeClaim
      const claim = claims.find(({ metadata }) => metadata.namespace === pod.namespace && metadata.name === name)
      const bound = volumes.find(({ metadata }) => metadata.name === claim?.spec.volumeName)
      expect(bound?.spec.claimRef, `${pod.name} ${name}`).toEqual({ namespace: pod.namespace, name })
      expect(bound?.spec.csi.driver).toBe('fss.csi.oraclecloud.com')
      const [fileSystem, , path] = bound?.spec.csi.volumeHandle.split(':') ?? []
      const exported = exports.find((each) => each.fileSystemId === fileSystem && each.path === path)
      if (!exported) throw new Error(`nothing is exported as ${path}, which ${pod.name} mounts`)
      return mountedAs(volume, exported)
    })
  }

  test('every claim of file storage ends at an export that the nodes of its pods may mount', () => {
    const [vcn] = inputsOf<{ cidrBlocks: string[] }>(of(), 'oci:Core/vcn:Vcn')
    const ranges = subnetRanges(vcn?.cidrBlocks[0] ?? '')
    const pods = declaredPods(of()).filter((pod) => mounts(pod).length > 0)
    expect(pods.length).toBeGreaterThan(6)
    for (const pod of pods) {
      const subnet = pod.spec.nodeSelector?.['kura/pool'] === 'web' ? ranges.nodes : ranges.dataNodes
      for (const {
        of: { exportOptions, path },
      } of mounts(pod)) {
        expect(
          exportOptions.map(({ source }) => source),
          `${pod.name} ${path}`,
        ).toContain(subnet)
        const root = pod.namespace === 'kura-directories'
        for (const { identitySquash } of exportOptions) expect(identitySquash, pod.name).toBe(root ? 'NONE' : 'ROOT')
      }
    }
  })

  test('every folder that is written to in file storage is made by the job of its file system, and no other', () => {
    const pods = declaredPods(of())
    const made = new Map(
      pods
        .filter(({ namespace }) => namespace === 'kura-directories')
        .map((pod) => {
          const [mount] = mounts(pod)
          const [root, , ...folders] = pod.spec.containers[0]?.args ?? []
          expect(mount?.path, pod.name).toBe(root)
          return [mount?.of.fileSystemId ?? '', folders.sort()]
        }),
    )
    const used = new Map<string, Set<string>>()
    for (const pod of pods.filter(({ namespace }) => namespace !== 'kura-directories')) {
      const maps = inputsOf<Object & { data: Labels }>(of(), 'kubernetes:core/v1:ConfigMap')
        .filter(({ metadata }) => metadata.namespace === pod.namespace)
        .map(({ data }) => data)
      for (const {
        path,
        of: { fileSystemId },
      } of mounts(pod)) {
        const text = JSON.stringify([pod.spec, maps])
        const folders = [...text.matchAll(new RegExp(`(?<!\\w)${path}/([a-z-]+)`, 'g'))].map(
          ([, folder = '']) => folder,
        )
        used.set(fileSystemId, new Set([...(used.get(fileSystemId) ?? []), ...folders, ...scratch(text, path)]))
      }
    }
    expect(used.size).toBe(made.size)
    for (const [fileSystem, folders] of used) expect([...folders].sort(), fileSystem).toEqual(made.get(fileSystem))
  })

  /** What the application makes of the folder that its configuration names. */
  function scratch(text: string, path: string): string[] {
    return text.includes(String.raw`\"scratch\": \"${path}\"`) ? ['uploads', 'exports', 'generated'] : []
  }

  test('every volume of a pod is somewhere: objects in its namespace, classes of storage, folders of the node', () => {
    const classes = inputsOf<Object>(of(), 'kubernetes:storage.k8s.io/v1:StorageClass').map(
      ({ metadata }) => metadata.name,
    )
    const templates = inputsOf<Object & { spec: { volumeClaimTemplates?: { spec: { storageClassName: string } }[] } }>(
      of(),
      'kubernetes:apps/v1:StatefulSet',
    ).flatMap(({ spec }) => spec.volumeClaimTemplates ?? [])
    expect(templates.length).toBeGreaterThan(0)
    for (const { spec } of templates) expect(classes).toContain(spec.storageClassName)
    const declared = of()
      .resources.map(({ inputs }) => (reveal(inputs) as Partial<Object>).metadata)
      .map((metadata) => `${metadata?.namespace}/${metadata?.name}`)
    for (const { name, namespace, spec } of declaredPods(of()))
      for (const volume of spec.volumes ?? []) {
        const maps = [volume.configMap, ...(volume.projected?.sources ?? []).map((source) => source.configMap)]
        // Kubernetes makes the first in every namespace, an operator the second when a database is to be restored.
        for (const map of maps)
          if (map && !['kube-root-ca.crt', 'restore'].includes(map.name))
            expect(declared, name).toContain(`${namespace}/${map.name}`)
      }
  })
})

describe.each(STACKS)('grants of %s ↔ who uses them', (stack) => {
  const of = () => stacks[stack]
  const statements = () =>
    inputsOf<{ statements: string[] }>(of(), 'oci:Identity/policy:Policy').flatMap((policy) => policy.statements)
  const granted = () =>
    new Set(
      statements().flatMap((statement) => {
        const [, namespace] = /request\.principal\.namespace = '([^']+)'/.exec(statement) ?? []
        const [, account] = /request\.principal\.service_account = '([^']+)'/.exec(statement) ?? []
        return namespace === undefined ? [] : [`${namespace}/${account}`]
      }),
    )
  /** Pods that show Oracle who they are by their service account. */
  const users = () =>
    allPods(of()).filter(({ spec, resource }) => {
      const variables = containersOf(spec).flatMap(({ env = [] }) => env.map(({ name }) => name))
      const said = JSON.stringify(reveal(resource.inputs))
      return (
        variables.includes('OCI_RESOURCE_PRINCIPAL_VERSION') ||
        (resource.type.endsWith(':Addon') && /"authType","value":"workload/.test(said)) ||
        (resource.type.endsWith(':Release') && said.includes('ociResourcePrincipal'))
      )
    })

  test('every pod that shows Oracle its service account is granted something, and every grant has such a pod', () => {
    const shown = users().map(({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`)
    expect(new Set(shown)).toEqual(granted())
    for (const pod of users())
      if (declaredPods(of()).some(({ name }) => name === pod.name))
        expect(pod.spec.automountServiceAccountToken, pod.name).toBe(true)
    // Only what is switched off may lie idle.
    const idle = Object.values(WORKLOADS).map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`)
    expect(idle.filter((account) => !granted().has(account))).toEqual(['kube-system/cluster-autoscaler'])
  })

  test('every group, service and kind of resource that is granted something is there', () => {
    const types = new Set(of().resources.map(({ type }) => type.split(':').at(-1)))
    const KINDS: Record<string, string> = { cluster: 'Cluster', nodepool: 'NodePool', serviceconnector: 'Connector' }
    const SERVICES: Record<string, string> = {
      blockstorage: 'StorageClass',
      cloudguard: 'CloudGuardConfiguration',
      objectstorage: 'ObjectLifecyclePolicy',
      'vulnerability-scanning-service': 'ContainerScanTarget',
    }
    const ids = new Set(of().resources.map(({ id }) => id))
    for (const statement of statements()) {
      const [, group] = /^Allow (?:dynamic-)?group id (\S+)/.exec(statement) ?? []
      if (group) expect(ids, statement).toContain(group)
      const [, kind] = /request\.principal\.type = '(\w+)'/.exec(statement) ?? []
      if (kind && kind !== 'workload') expect(types, statement).toContain(KINDS[kind])
      const [, service = ''] = /^Allow service (\S+)/.exec(statement) ?? []
      if (service) expect(types, statement).toContain(SERVICES[service.replace(/-[a-z]+-[a-z]+-\d$/, '')])
    }
    const members: Record<string, string> = {
      "resource.type = 'filesystem'": 'FileSystem',
      "resource.type = 'managementagent'": 'ManagementAgentInstallKey',
      "resource.type = 'devopsbuildpipeline'": 'BuildPipeline',
      'instance.compartment.id': 'NodePool',
    }
    for (const { name, matchingRule } of inputsOf<{ name: string; matchingRule: string }>(
      of(),
      'oci:Identity/dynamicGroup:DynamicGroup',
    )) {
      const [, member] = Object.entries(members).find(([rule]) => matchingRule.includes(rule)) ?? []
      expect(types, name).toContain(member)
    }
  })

  test('pipelines may do what their scripts do', () => {
    const pipelines = named(of(), 'kura-access-pipelines-group').id
    const may = statements()
      .filter((statement) => statement.startsWith(`Allow dynamic-group id ${pipelines} `))
      .map((statement) => / to (\w+ [\w-]+) in/.exec(statement)?.[1])
    /** What each command of the scripts, and each stage, takes. */
    const NEEDS: Record<string, string[]> = {
      'secrets secret-bundle get': ['read secret-family'],
      'raw-request': ['manage repos'],
      'kms management key get': ['read keys'],
      'artifacts container image list': ['manage repos'],
      'artifacts container image-signature sign-upload': ['manage repos'],
      'artifacts generic artifact download-by-path': ['manage generic-artifacts', 'manage artifact-repositories'],
      'ons message publish': ['manage ons-family'],
      BUILD: ['manage devops-family', 'manage virtual-network-family'],
      DELIVER_ARTIFACT: ['manage generic-artifacts', 'manage devops-family'],
      TRIGGER_DEPLOYMENT_PIPELINE: ['manage devops-family'],
      SHELL: ['manage compute-container-instances', 'manage compute-containers', 'manage virtual-network-family'],
    }
    const scripts = readdirSync(join(ROOT, 'delivery')).map((file) =>
      readFileSync(join(ROOT, 'delivery', file), 'utf8'),
    )
    const inline = inputsOf<{ deployArtifactSource: { base64encodedContent?: string } }>(
      of(),
      'oci:DevOps/deployArtifact:DeployArtifact',
    ).map(({ deployArtifactSource }) =>
      Buffer.from(deployArtifactSource.base64encodedContent ?? '', 'base64').toString(),
    )
    const commands = [...scripts, ...inline].flatMap((text) =>
      [...text.matchAll(/\boci ((?:[a-z-]+ )+?)(?=--)/g)].map(([, command = '']) => command.trim()),
    )
    const stages = [
      ...inputsOf<{ buildPipelineStageType: string }>(of(), 'oci:DevOps/buildPipelineStage:BuildPipelineStage').map(
        (stage) => stage.buildPipelineStageType,
      ),
      ...inputsOf<{ deployStageType: string }>(of(), 'oci:DevOps/deployStage:DeployStage').map(
        (stage) => stage.deployStageType,
      ),
    ].filter((stage) => stage !== 'MANUAL_APPROVAL')
    expect(new Set([...commands, ...stages])).toEqual(new Set(Object.keys(NEEDS)))
    for (const need of Object.values(NEEDS).flat()) expect(may).toContain(need)
    // What reads a setting's secret reads one of the compartment, or of the keys' below it.
    expect(named(of(), 'kura-keys-compartment').inputs.compartmentId).toBe(
      named(of(), 'kura-access-bastion').inputs.compartmentId,
    )
  })

  test('every token of the Kubernetes API is for a right there, or in Oracle Cloud', () => {
    const bound = ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) =>
      inputsOf<{ subjects: { namespace: string; name: string }[] }>(
        of(),
        `kubernetes:rbac.authorization.k8s.io/v1:${kind}`,
      ).flatMap(({ subjects }) => subjects.map(({ namespace, name }) => `${namespace}/${name}`)),
    )
    const accounts = inputsOf<Object>(of(), 'kubernetes:core/v1:ServiceAccount').map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    )
    const named = declaredPods(of()).filter(({ spec }) => spec.serviceAccountName !== undefined)
    for (const { name, namespace, spec } of named) {
      const account = `${namespace}/${spec.serviceAccountName}`
      expect(accounts, name).toContain(account)
      expect([...bound, ...granted()], name).toContain(account)
    }
    expect(new Set(named.map(({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`))).toEqual(
      new Set(accounts),
    )
    for (const { name, spec } of declaredPods(of()))
      if (spec.automountServiceAccountToken !== false) expect(spec.serviceAccountName, name).toBeDefined()
  })
})

describe.each(STACKS)('images of %s ↔ who fills the registry', (stack) => {
  const of = () => stacks[stack]
  const registry = readProject(ROOT, join(ROOT, `Pulumi.${stack}.yaml`), {}).config['kura:registry'] ?? ''

  /** Every text that names something in our registry, and pairs of name and tag as charts take them. */
  function references(value: unknown): string[] {
    if (typeof value === 'string') return value.startsWith(`${registry}/`) ? [value] : []
    if (value === null || typeof value !== 'object') return []
    const { registry: host = '', repository, tag, ...rest } = value as Record<string, string>
    if (repository !== undefined && tag !== undefined)
      return [`${host === '' ? '' : `${host}/`}${repository}:${tag}`, ...Object.values(rest).flatMap(references)]
    return Object.values(value).flatMap(references)
  }

  test('every image that is named is one of `images.ts`, and each of these is named', () => {
    const known = Object.values(images).map((image) => reference(registry, image))
    const found = of().resources.flatMap(({ inputs }) => references(reveal(inputs)))
    expect(new Set(found)).toEqual(new Set(known))
    for (const { name, spec } of declaredPods(of()))
      for (const { image } of containersOf(spec)) expect(known, name).toContain(image)
  })

  test('nothing is pulled from anybody else but charts', () => {
    const others =
      /\b(docker\.io|quay\.io|ghcr\.io|gcr\.io|registry\.k8s\.io|docker\.elastic\.co|container-registry\.oracle\.com|registry\.opensource\.zalan\.do)\//
    for (const { name, inputs } of of().resources) {
      const { chart: _, ...rest } = reveal(inputs) as { chart?: string }
      expect(JSON.stringify(rest), name).not.toMatch(others)
    }
  })

  test('every image has a repository', () => {
    const path = registry.split('/').slice(2).join('/')
    const repositories = inputsOf<{ displayName: string }>(
      of(),
      'oci:Artifacts/containerRepository:ContainerRepository',
    )
    expect(repositories.map(({ displayName }) => displayName).sort()).toEqual(
      Object.values(images)
        .map(({ repository }) => `${path}/${repository}`)
        .sort(),
    )
  })
})

test('our images are built from the root of the repository, by files that are there', () => {
  const ours = Object.values(images).filter((image) => !('source' in image))
  expect(ours.map(({ repository }) => repository).sort()).toEqual(readdirSync(join(ROOT, 'images')).sort())
  for (const { repository } of ours) {
    const dockerfile = readFileSync(join(ROOT, 'images', repository, 'Dockerfile'), 'utf8')
    const copied = [...dockerfile.matchAll(/^COPY (?!.*--from=)(?:--\S+ )*(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    )
    for (const source of copied) expect(existsSync(join(ROOT, source)), `${repository}: ${source}`).toBe(true)
    // The version that it bears is the version that it is.
    const { version } = ours.find((image) => image.repository === repository) ?? {}
    if (!['application', 'backup'].includes(repository)) expect(dockerfile, repository).toContain(version)
  }
})

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
