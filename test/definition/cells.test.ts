import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { SCRATCH } from '../../app/config.ts'
import {
  type CapturedResource,
  type Evaluation,
  type EvaluationError,
  evaluate,
  reveal,
} from '../../tools/evaluate/index.ts'
import { mounts } from '../../tools/evaluate/mounts.ts'
import { judgedHere } from './judged-here.ts'
import { evaluateStacks } from './stacks.ts'

const PROJECT = join(import.meta.dirname, '../..')
const CELLS = { dev: ['kita', 'minami'], prod: ['higashi', 'nishi'] }

const stacks: Record<string, Evaluation> = {}
/** The verification stack with an institution to purge, cells that grow, and the next passwords. */
let changed: Evaluation
let root: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kura-project-'))
  for (const file of ['Pulumi.yaml', 'Pulumi.dev.yaml']) cpSync(join(PROJECT, file), join(root, file))
  for (const entry of ['infra', 'package.json']) symlinkSync(join(PROJECT, entry), join(root, entry))
  cpSync(join(PROJECT, 'infra/tenants/dev'), join(root, 'tenants'), { recursive: true })
  configure((cells) => {
    cells.passwords = 2
    cells.web.most = 6
  })
  const misaki = join(root, 'tenants/misaki.yaml')
  writeFileSync(misaki, `${readFileSync(misaki, 'utf8')}state: closed\npurge: 2027-04-01\n`)
  Object.assign(stacks, await evaluateStacks())
  changed = await evaluate({ stack: 'dev', root })
}, 120_000)
afterAll(() => rmSync(root, { recursive: true }))

// biome-ignore lint/suspicious/noExplicitAny: whatever the file holds
function configure(change: (cells: any) => void) {
  const file = join(root, 'Pulumi.dev.yaml')
  const stack = parse(readFileSync(file, 'utf8'))
  stack.config['kura:tenants'] = join(root, 'tenants')
  change(stack.config['kura:cells'])
  writeFileSync(file, stringify(stack))
}

interface Container {
  name: string
  image: string
  command: string[]
  args: string[]
  restartPolicy?: string
  ports?: { name: string; containerPort: number }[]
  resources: { requests: { cpu: string; memory: string }; limits: { cpu: string; memory: string } }
  lifecycle?: { preStop: { sleep: { seconds: number } } }
  volumeMounts: { name: string; mountPath: string }[]
}
interface Pod {
  priorityClassName: string
  restartPolicy?: string
  terminationGracePeriodSeconds: number
  tolerations: { key: string; tolerationSeconds: number }[]
  securityContext: { runAsUser: number }
  initContainers: Container[]
  containers: Container[]
  volumes: {
    name: string
    persistentVolumeClaim?: { claimName: string }
    nfs?: { server: string; path: string }
  }[]
}
interface Kubernetes {
  metadata: { name: string; namespace: string; labels: Record<string, string> }
  data: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: a specification of any kind
  spec: any
}

const named = ({ resources }: Evaluation, name: string): CapturedResource => {
  const found = resources.find((resource) => resource.name === name)
  if (!found) throw new Error(`${name} is not declared`)
  return found
}
const inputs = (evaluation: Evaluation, name: string) => reveal(named(evaluation, name).inputs) as Kubernetes
const ofType = ({ resources }: Evaluation, type: string) =>
  resources.filter((resource) => resource.type === type).map((resource) => reveal(resource.inputs) as Kubernetes)
const podOf = (evaluation: Evaluation, name: string) => inputs(evaluation, name).spec.template.spec as Pod

const cpu = (text: string) => Number(text.replace(/m$/, ''))
const mebibytes = (text: string) => Number(text.replace(/Mi$/, ''))

describe.each(['dev', 'prod'] as const)('a cell of %s', (stack) => {
  const of = () => stacks[stack] as Evaluation
  const each = (work: (cell: string) => void) => CELLS[stack].forEach(work)

  test('puts nginx before the web process, which nobody else reaches', () =>
    each((cell) => {
      const { initContainers, containers } = podOf(of(), `kura-cell-${cell}-web`)
      expect(initContainers.map(({ name }) => name)).toEqual(['provision', 'web'])
      expect(containers.map(({ name }) => name)).toEqual(['nginx'])
      expect(containers[0]?.ports).toContainEqual({ name: 'web', containerPort: 8080 })
      const { data } = inputs(of(), `kura-cell-${cell}-configuration`)
      const { web, objects } = JSON.parse(data['kura.json'] ?? '')
      expect(data['nginx.conf']).toContain(`location ~ ^${objects.downloads}/`)
      expect(web).toMatchObject({ port: 8081, addresses: ['127.0.0.1'] })
      // nginx says whose a request is, in the place of whatever the client says.
      expect(web.proxies).toBe(1)
      expect(data['nginx.conf']).toContain('proxy_set_header X-Forwarded-For $remote_addr;')
      expect(data['nginx.conf']).toContain('server 127.0.0.1:8081;')
      expect(data['nginx.conf']).toContain('listen 8080 default_server;')
      expect(data['nginx.conf']).toContain('proxy_pass https://nrtexample1.compat.objectstorage.ap-tokyo-1')
    }))

  test('ends nginx before the application, within the time that the pod is given', () =>
    each((cell) => {
      const { initContainers, containers, terminationGracePeriodSeconds } = podOf(of(), `kura-cell-${cell}-web`)
      // Kubernetes ends what restarts among the first containers when the others have ended.
      expect(initContainers.find(({ name }) => name === 'web')?.restartPolicy).toBe('Always')
      const unlisted = containers[0]?.lifecycle?.preStop.sleep.seconds ?? 0
      const conf = inputs(of(), `kura-cell-${cell}-configuration`).data['nginx.conf']
      const finishing = Number(/worker_shutdown_timeout (\d+)s;/.exec(conf ?? '')?.[1])
      const draining =
        Number(
          /^const DRAIN = ([\d_]+)$/m.exec(readFileSync(join(PROJECT, 'app/main.ts'), 'utf8'))?.[1]?.replace('_', ''),
        ) / 1000
      expect(unlisted + finishing + draining).toBeLessThan(terminationGracePeriodSeconds)
    }))

  test('lets uploads pass that its institutions may send, and no larger ones', () =>
    each((cell) => {
      const { data } = inputs(of(), `kura-cell-${cell}-configuration`)
      const limits = Object.entries(data)
        .filter(([file]) => file.startsWith('tenant.'))
        .map(([, text]) => JSON.parse(text).limits.upload as number)
      expect(data['nginx.conf']).toContain(`client_max_body_size ${Math.max(...limits) * 1024}m;`)
    }))

  test('has the folders of its file system made before a pod looks for them, by whoever may', () =>
    each((cell) => {
      const job = named(of(), `kura-directories-cell-${cell}`)
      const maker = podOf(of(), job.name)
      expect(maker.securityContext.runAsUser).toBe(0)
      expect(named(of(), `kura-cell-${cell}`).dependencies).toContain(job.urn)
      const root = maker.volumes.find(({ name }) => name === 'files')?.nfs
      expect(root?.path).toBe(`/as-root/cell-${cell}`)

      const claims = ofType(of(), 'kubernetes:core/v1:PersistentVolumeClaim')
      const volumes = ofType(of(), 'kubernetes:core/v1:PersistentVolume')
      for (const command of ['web', 'worker']) {
        const deployment = named(of(), `kura-cell-${cell}-${command}`)
        // It waits for its parent, as everything in a part does.
        expect(deployment.parent).toBe(named(of(), `kura-cell-${cell}`).urn)
        const mounted = podOf(of(), deployment.name).volumes.find(({ name }) => name === 'files')
        const namespace = `kura-cell-${cell}`
        const name = mounted?.persistentVolumeClaim?.claimName
        const { spec } = claims.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name) ?? {}
        const volume = volumes.find(({ metadata }) => metadata.name === spec.volumeName)
        expect(volume?.spec).toMatchObject({
          claimRef: { namespace, name },
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: '',
        })
        expect(spec.storageClassName).toBe('')
        // The same file system, by the export that takes root for nobody.
        expect(volume?.spec.csi.volumeHandle).toMatch(new RegExp(`:${root?.server}:/cell-${cell}$`))
      }
      // What is configured lies in what is mounted, and is made there.
      const { data } = inputs(of(), `kura-cell-${cell}-configuration`)
      const [folder, owner, ...folders] = maker.containers[0]?.args ?? []
      expect(maker.containers[0]?.volumeMounts).toEqual([{ name: 'files', mountPath: folder }])
      expect([Number(owner), folders]).toEqual([1000, SCRATCH])
      const { scratch } = JSON.parse(data['kura.json'] ?? '')
      expect(data['nginx.conf']).toContain(`client_body_temp_path ${scratch}/uploads;`)
      const { containers, initContainers } = podOf(of(), `kura-cell-${cell}-web`)
      for (const container of [...containers, ...initContainers])
        expect(container.volumeMounts).toContainEqual({ name: 'files', mountPath: scratch })
    }))

  test('lets no pod but the one that makes folders come in as root', () => {
    for (const { spec } of ofType(of(), 'kubernetes:core/v1:PersistentVolume'))
      expect(spec.csi.volumeHandle).not.toContain(':/as-root/')
  })

  test('fits its quota while both Deployments roll, nginx included', () =>
    each((cell) => {
      const { hard } = inputs(of(), `kura-cell-${cell}-quota`).spec
      const sums = { cpu: 0, memory: 0, burst: 0, pods: 0 }
      for (const command of ['web', 'worker']) {
        const { spec } = inputs(of(), `kura-cell-${cell}-${command}`)
        const { containers, initContainers } = spec.template.spec as Pod
        const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')]
        const atOnce = spec.replicas + 2
        sums.pods += atOnce
        for (const { resources } of running) {
          sums.cpu += atOnce * cpu(resources.requests.cpu)
          sums.burst += atOnce * cpu(resources.limits.cpu)
          sums.memory += atOnce * mebibytes(resources.requests.memory)
        }
      }
      expect(hard).toMatchObject({
        pods: String(sums.pods),
        'requests.cpu': `${sums.cpu}m`,
        'limits.cpu': `${sums.burst}m`,
      })
      expect(mebibytes(hard['limits.memory'])).toBe(sums.memory)
    }))

  test('may have of no kind of object more than a few', () =>
    each((cell) => {
      const { hard } = inputs(of(), `kura-cell-${cell}-quota`).spec
      const counted = ['persistentvolumeclaims', 'services', 'count/configmaps', 'count/secrets', 'count/jobs.batch']
      for (const kind of counted) expect(Number(hard[kind]), kind).toBeLessThanOrEqual(10)
    }))

  test("is back within two minutes of a node's loss, and stays when nodes are short", () =>
    each((cell) => {
      // Until the node counts as lost (measured on a simulated cluster), and from a pod's start until it is ready.
      const [noticed, started] = [65, 25]
      for (const command of ['web', 'worker']) {
        const { tolerations, priorityClassName } = podOf(of(), `kura-cell-${cell}-${command}`)
        expect(tolerations.map(({ key }) => key)).toEqual([
          'node.kubernetes.io/not-ready',
          'node.kubernetes.io/unreachable',
        ])
        for (const { tolerationSeconds } of tolerations)
          expect(noticed + tolerationSeconds + started).toBeLessThanOrEqual(120)
        expect(priorityClassName).toBe('kura-cell')
      }
    }))

  test('shows a container the credentials that it needs, and nginx none', () =>
    each((cell) => {
      const files = (container: keyof ReturnType<typeof mounts>[number]) => {
        const found = mounts(of()).find((each) => each.cell === cell)?.[container]
        return typeof found === 'object' ? found.mounts.flatMap(({ files }) => Object.keys(files)) : []
      }
      const services = ['search', 'queue', 'cache', 'objects/id', 'objects/secret'].map((name) => `secrets/${name}`)
      for (const container of ['web', 'worker', 'provision'] as const)
        expect(files(container)).toEqual(expect.arrayContaining(services))
      const nginx = podOf(of(), `kura-cell-${cell}-web`).containers[0]
      expect(nginx?.volumeMounts.map(({ name }) => name)).toEqual(['nginx', 'files', 'nginx-temporary'])
    }))

  test('reaches the scanner, and takes nothing but the gateway and the collector of metrics', () =>
    each((cell) => {
      const { spec } = inputs(of(), `kura-cell-${cell}-allow-services`)
      expect(spec.podSelector).toEqual({})
      expect(spec.ingress).toMatchObject([{ ports: [{ port: 9090 }] }])
      expect(spec.egress).toContainEqual({
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kura-identity' } } }],
        ports: [{ protocol: 'TCP', port: 3310 }],
      })
      const { scanner } = JSON.parse(inputs(of(), `kura-cell-${cell}-configuration`).data['kura.json'] ?? '')
      expect(scanner).toMatchObject({ kind: 'clamd', host: 'scanner.kura-identity.svc', port: 3310 })
    }))

  test('sends the scanner no more than it takes, and hears of what it has not seen', () =>
    each((cell) => {
      const { scanner } = JSON.parse(inputs(of(), `kura-cell-${cell}-configuration`).data['kura.json'] ?? '')
      const clamd = inputs(of(), 'kura-identity-scanner-scanner-configuration').data['clamd.conf'] ?? ''
      const set = (name: string) => new RegExp(`^${name} (\\w+)$`, 'm').exec(clamd)?.[1]
      expect(set('StreamMaxLength')).toBe(`${scanner.largest / 2 ** 20}M`)
      // What is larger than one and smaller than the other, it would pass after a look at the beginning.
      expect(set('MaxFileSize')).toBe(set('MaxScanSize'))
      expect([set('AlertExceedsMax'), set('AlertEncrypted')]).toEqual(['yes', 'yes'])
    }))

  test('is 15 resources in the cluster besides itself, of which one makes its folders', () =>
    each((cell) => {
      const own = of().resources.filter(
        ({ name, type }) =>
          new RegExp(`^kura-(directories-)?cell-${cell}(-|$)`).test(name) && type.startsWith('kubernetes:'),
      )
      expect(own).toHaveLength(15)
      expect(own.filter(({ name }) => name.startsWith('kura-directories-'))).toHaveLength(1)
    }))

  test('purges nothing where no institution says so', () => {
    expect(ofType(of(), 'kubernetes:batch/v1:CronJob').filter(({ metadata }) => metadata.name === 'purge')).toEqual([])
  })
})

test('the folders are made for their user, and again without harm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kura-folders-'))
  const owner = String(process.getuid?.())
  const script = join(PROJECT, 'infra/storage/scripts/directories.sh')
  for (let i = 0; i < 2; i++) execFileSync('sh', [script, folder, owner, 'uploads', 'exports'])
  for (const name of ['uploads', 'exports']) {
    const { mode, uid } = statSync(join(folder, name))
    expect([mode & 0o777, String(uid)]).toEqual([0o750, owner])
  }
  expect(() => execFileSync('sh', [script, join(folder, 'none'), owner, 'uploads'], { stdio: 'pipe' })).toThrow()
  rmSync(folder, { recursive: true })
})

test('an institution that is to be purged breaks no rule', async () => {
  const said = async ({ resources }: Evaluation) =>
    (await judgedHere(resources, resources)).map(({ rule, sentence }) => `${rule}: ${sentence}`)
  const before = new Set(await said(stacks.dev as Evaluation))
  expect((await said(changed)).filter((one) => !before.has(one))).toEqual([])
})

test('an institution with a day of purging gets a job that looks every day, in its cell alone, with the right to do it', () => {
  const jobs = ofType(changed, 'kubernetes:batch/v1:CronJob').filter(({ metadata }) => metadata.name === 'purge')
  expect(jobs.map(({ metadata }) => metadata.namespace)).toEqual(['kura-cell-minami'])
  const [job] = jobs
  expect(job?.spec).toMatchObject({ schedule: '0 19 * * *', concurrencyPolicy: 'Forbid' })
  const pod = job?.spec.jobTemplate.spec.template.spec as Pod
  expect(pod).toMatchObject({ restartPolicy: 'Never', priorityClassName: 'kura-batch' })
  expect(pod.containers.map(({ args }) => args)).toEqual([['purge']])
  expect(pod.containers[0]?.volumeMounts.map(({ name }) => name)).toContain('provisioning')
  const tenant = inputs(changed, 'kura-cell-minami-configuration').data['tenant.misaki.json']
  expect(JSON.parse(tenant ?? '')).toMatchObject({ state: 'closed', purge: '2027-04-01' })
  // A pod more than without.
  const pods = (evaluation: Evaluation, cell: string) =>
    Number(inputs(evaluation, `kura-cell-${cell}-quota`).spec.hard.pods)
  expect(pods(changed, 'minami') - pods(changed, 'kita')).toBe(1)
})

test('a cell that may grow is scaled by load, and its most is what quota and connections count', () => {
  const { spec } = inputs(changed, 'kura-cell-kita-web')
  expect(spec.replicas).toBeUndefined()
  expect(inputs(changed, 'kura-cell-kita-web-autoscaler').spec).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 2,
    maxReplicas: 6,
  })
  const pods = (evaluation: Evaluation) => Number(inputs(evaluation, 'kura-cell-kita-quota').spec.hard.pods)
  expect(pods(changed) - pods(stacks.dev as Evaluation)).toBe(4)
  expect(inputs(changed, 'kura-cell-kita-worker').spec.replicas).toBe(1)
})

test('a rotation makes new passwords, for the login that is not in use', () => {
  const login = (evaluation: Evaluation) =>
    JSON.parse(inputs(evaluation, 'kura-cell-kita-configuration').data['kura.json'] ?? '').database.login
  expect([login(stacks.dev as Evaluation), login(changed)]).toEqual(['a', 'b'])
  const keepers = (evaluation: Evaluation) =>
    (named(evaluation, 'kura-passwords-aozora').inputs as { keepers: unknown }).keepers
  expect([keepers(stacks.dev as Evaluation), keepers(changed)]).toEqual([{ generation: '1' }, { generation: '2' }])
})

test('what an institution is to the edge alone rolls no cell', async () => {
  const aozora = join(root, 'tenants/aozora.yaml')
  writeFileSync(aozora, readFileSync(aozora, 'utf8').replace('group: 1', 'group: 2'))
  const after = await evaluate({ stack: 'dev', root })
  for (const name of ['kura-cell-kita-web', 'kura-cell-kita-configuration'])
    expect(named(after, name).inputs).toEqual(named(changed, name).inputs)
})

test('a day of purging for an institution that is not closed is refused, and a most below the replicas', async () => {
  const misaki = join(root, 'tenants/misaki.yaml')
  const text = readFileSync(misaki, 'utf8')
  writeFileSync(misaki, text.replace('state: closed', 'state: readonly'))
  const refusal = () =>
    evaluate({ stack: 'dev', root }).then(
      () => '',
      (error) => (error as EvaluationError).message,
    )
  expect(await refusal()).toMatch(/misaki\.yaml:\d+: purge is allowed only with state: closed$/)
  writeFileSync(misaki, text)
  configure((cells) => {
    cells.web.most = 1
  })
  expect(await refusal()).toMatch(/^Pulumi\.dev\.yaml: kura:cells\.web\.most must be at least replicas/)
})
