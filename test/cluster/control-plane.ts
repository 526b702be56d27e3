import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { request as plain } from 'node:http'
import { request as encrypted } from 'node:https'
import { basename, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { freePort } from '../../tools/ports.ts'
import { programs } from '../programs/index.ts'
import { runServer, type Server } from '../services/server.ts'

const HOST = '127.0.0.1'

const READY_AGAIN = join(import.meta.dirname, 'pod-ready-again.yaml')

/**
 * Label of the nodes whose kubelets kwok plays. Without it a node says nothing more, as one that has died. (By an
 * annotation kwok can choose nodes too, but goes on playing one that loses it.)
 */
export const PLAYED = { key: 'kwok.x-k8s.io/node', value: 'fake' }

/** Who may speak to the API server, and by which group; each with a token of its own. */
const USERS = {
  admin: 'system:masters',
  'system:kube-controller-manager': '',
  'system:kube-scheduler': '',
  kwok: 'system:masters',
} as const
type User = keyof typeof USERS

/** A Kubernetes control plane on the loopback interface: real programs, and kubelets that kwok plays. */
export interface ControlPlane {
  /** As the administrator. */
  config: KubeConfig
  /** The same as a file, for programs. */
  kubeconfig: string
  /** Folder of the programs, `kubectl` among them. */
  programs: string
  /** The API server: what others do while it is gone can be looked at. */
  api: Pick<Server, 'kill' | 'start'>
  /** Bytes of memory that its programs hold together. */
  memory(): Promise<number>
  stop(): Promise<void>
}

/** Starts etcd, API server, controllers, scheduler and kwok over an empty folder; done when all serve. */
export async function startControlPlane(folder: string): Promise<ControlPlane> {
  const [kubernetes, kwok] = await Promise.all([programs('kubernetes'), programs('kwok')])
  await using running = new AsyncDisposableStack()
  const servers: Server[] = []
  const run = async (program: string, health: string, args: string[]) => {
    const own = join(folder, basename(program))
    await mkdir(own, { recursive: true })
    const server = await runServer({ command: program, args, folder: own, isReady: () => isHealthy(health) })
    servers.push(server)
    running.defer(() => server.stop())
    return server
  }

  const [etcd, peer, api, controllers, scheduler, kubelets] = await Promise.all(
    Array.from({ length: 6 }, () => freePort(HOST)),
  )
  const keys = await writeKeys(folder)
  await run(join(kubernetes, 'etcd'), `http://${HOST}:${etcd}/health`, [
    '--data-dir=data',
    ...[`--listen-client-urls=http://${HOST}:${etcd}`, `--advertise-client-urls=http://${HOST}:${etcd}`],
    ...[`--listen-peer-urls=http://${HOST}:${peer}`, `--initial-advertise-peer-urls=http://${HOST}:${peer}`],
    ...[`--initial-cluster=default=http://${HOST}:${peer}`, '--quota-backend-bytes=4294967296'],
    // What it holds ends with the test.
    ...['--unsafe-no-fsync', '--log-level=warn'],
  ])
  const server = await run(join(kubernetes, 'kube-apiserver'), `https://${HOST}:${api}/readyz`, [
    ...[`--etcd-servers=http://${HOST}:${etcd}`, `--bind-address=${HOST}`, `--secure-port=${api}`],
    ...[`--advertise-address=${HOST}`, '--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.96.0.0/16'],
    ...['--cert-dir=.', `--token-auth-file=${keys.tokens}`, '--allow-privileged=true'],
    ...['--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${keys.public}`],
    ...[`--service-account-signing-key-file=${keys.private}`, '--authorization-mode=Node,RBAC'],
    '--enable-admission-plugins=NodeRestriction',
  ])
  // It has made itself a certificate and the authority for it.
  const authority = join(folder, 'kube-apiserver', 'apiserver.crt')
  const kubeconfigOf = async (user: User) => {
    const config = new KubeConfig()
    config.loadFromClusterAndUser(
      { name: 'test', server: `https://${HOST}:${api}`, caFile: authority, skipTLSVerify: false },
      { name: user, token: keys.token[user] },
    )
    const file = join(folder, `${user.replace(/^system:/, '')}.kubeconfig`)
    await writeFile(file, config.exportConfig(), { mode: 0o600 })
    return { config, file }
  }

  const controller = await kubeconfigOf('system:kube-controller-manager')
  await run(join(kubernetes, 'kube-controller-manager'), `https://${HOST}:${controllers}/healthz`, [
    ...[`--kubeconfig=${controller.file}`, `--bind-address=${HOST}`, `--secure-port=${controllers}`],
    ...['--leader-elect=false', `--service-account-private-key-file=${keys.private}`, `--root-ca-file=${authority}`],
    ...['--use-service-account-credentials=true', '--kube-api-qps=500', '--kube-api-burst=1000'],
  ])
  const placing = join(folder, 'scheduler.yaml')
  const { file } = await kubeconfigOf('system:kube-scheduler')
  await writeFile(
    placing,
    JSON.stringify({
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      leaderElection: { leaderElect: false },
      clientConnection: { kubeconfig: file, qps: 500, burst: 1000 },
    }),
  )
  await run(join(kubernetes, 'kube-scheduler'), `https://${HOST}:${scheduler}/healthz`, [
    `--config=${placing}`,
    `--bind-address=${HOST}`,
    `--secure-port=${scheduler}`,
  ])
  // Nodes are known by their leases. A heartbeat besides is planned minutes ahead, and comes of a dead node, too.
  const stages = await Array.fromAsync(glob('{node-initialize,pod-*}.yaml', { cwd: join(kwok, 'stages') }))
  const played = [...stages.map((stage) => join(kwok, 'stages', stage)), READY_AGAIN]
  await run(join(kwok, 'kwok'), `http://${HOST}:${kubelets}/healthz`, [
    ...[`--kubeconfig=${(await kubeconfigOf('kwok')).file}`, `--server-address=${HOST}:${kubelets}`],
    ...[`--manage-nodes-with-label-selector=${PLAYED.key}=${PLAYED.value}`, '--node-lease-duration-seconds=40'],
    ...played.flatMap((stage) => ['-c', stage]),
  ])

  const admin = await kubeconfigOf('admin')
  const all = running.move()
  return {
    config: admin.config,
    kubeconfig: admin.file,
    programs: kubernetes,
    api: server,
    async memory() {
      const held = await Promise.all(servers.map(async (server) => residentBytes(server.pid())))
      return held.reduce((sum, bytes) => sum + bytes, 0)
    },
    stop: () => all.disposeAsync(),
  }
}

/** Whether a program says that it serves. Its certificate is its own, and who asks brings no secret. */
function isHealthy(url: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const ask = url.startsWith('https:') ? encrypted : plain
  ask(url, { rejectUnauthorized: false, agent: false, timeout: 2_000 }, (answer) => {
    answer.resume()
    resolve(answer.statusCode === 200)
  })
    .once('error', reject)
    .end()
  return promise
}

/** What service accounts are known by, and tokens of those who may speak to the API server from the beginning. */
async function writeKeys(folder: string) {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const tokens = join(folder, 'tokens.csv')
  const publicKey = join(folder, 'accounts.pub')
  const privateKey = join(folder, 'accounts.key')
  const users = Object.entries(USERS)
  const token = Object.fromEntries(users.map(([user]) => [user, randomBytes(24).toString('hex')])) as Record<
    User,
    string
  >
  const lines = users.map(([user, group]) => `${token[user as User]},${user},${user},"${group}"\n`)
  await writeFile(tokens, lines.join(''), { mode: 0o600 })
  await writeFile(publicKey, pair.publicKey)
  await writeFile(privateKey, pair.privateKey, { mode: 0o600 })
  return { tokens, public: publicKey, private: privateKey, token }
}

async function residentBytes(pid: number): Promise<number> {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
