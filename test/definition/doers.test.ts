import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { images, reference } from '../../infra/images.ts'
import { subnetRanges } from '../../infra/network/subnets.ts'
import { WORKLOADS } from '../../infra/operations/grants.ts'
import { EMITTERS } from '../../infra/operations/metrics/emitters.ts'
import { type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { readProject } from '../../tools/evaluate/project.ts'
import { allPods, containersOf, declaredPods, type Labels, type Pod } from './pods.ts'
import { evaluateStacks, inputsOf, named, opened, STACKS, type Stack } from './stacks.ts'

/**
 * Everything declared has a doer. Network policies are in `traffic.test.ts`, secrets in `secrets.test.ts`, and what waits
 * for what is in `order.test.ts`.
 */

const ROOT = join(import.meta.dirname, '../..')

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
}, 60_000)

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
      if (said.nodeSelectors !== undefined)
        expect(JSON.parse(said.nodeSelectors), addonName).toEqual({ 'kura/pool': 'web' })
      else expect(JSON.parse(said.tolerations ?? '[]'), addonName).toEqual([{ operator: 'Exists' }])
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
    const known = declaredPods(of()).filter(({ spec }) => spec.serviceAccountName !== undefined)
    for (const { name, namespace, spec } of known) {
      const account = `${namespace}/${spec.serviceAccountName}`
      expect(accounts, name).toContain(account)
      expect([...bound, ...granted()], name).toContain(account)
    }
    expect(new Set(known.map(({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`))).toEqual(
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
