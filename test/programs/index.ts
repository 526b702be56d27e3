import { execFile } from 'node:child_process'
import { copyFile, glob, mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { built } from '../support/built.ts'

const run = promisify(execFile)

/** Linker flags by which Kubernetes learns its version: without them its programs take each other for strangers. */
const kubernetesVersion = (version: string) => {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? []
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((where) =>
    Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }).map(
      ([name, value]) => `-X ${where}.${name}=${value}`,
    ),
  )
}

/** What is built of a Go module: beside its `go.mod`, which pins it and names the programs (`tool`). */
const SETS = {
  /** `pulumi`, the engine and its command line. */
  pulumi: {},
  /** The control plane's `etcd`, `kube-apiserver`, `kube-controller-manager` and `kube-scheduler`, and `kubectl`. */
  kubernetes: { versioned: 'k8s.io/kubernetes', renamed: { server: 'etcd' } },
  /** `cyclonus`, which reads NetworkPolicies and says what they let pass. */
  cyclonus: {},
  /** `kwok`, which plays the kubelets of nodes that do not exist, and its `stages`: what becomes of nodes and pods. */
  kwok: {
    files: {
      of: 'sigs.k8s.io/kwok',
      pattern: 'kustomize/stage/{node/fast/node-*,node/heartbeat-with-lease/node-*,pod/fast/pod-*}.yaml',
      to: 'stages',
    },
  },
  /**
   * No program, but `crds`: the kinds of the Gateway API and of Envoy Gateway, as the chart that we deploy brings them.
   * It is the last of that version's line that can be had as a module.
   */
  definitions: {
    files: {
      of: 'github.com/envoyproxy/gateway',
      pattern: 'charts/gateway-helm/charts/crds/crds/{gatewayapi-crds.yaml,generated/*.yaml}',
      to: 'crds',
    },
    builds: false,
  },
} satisfies Record<string, Set>

interface Set {
  /** Module whose version the programs are told. */
  versioned?: string
  /** Programs that Go names after a folder. */
  renamed?: Record<string, string>
  /** Files of a module that its programs are started with, or that are wanted alone. */
  files?: { of: string; pattern: string; to: string }
  /** Whether its `go.mod` names programs; it does, if nothing is said. */
  builds?: boolean
}

/**
 * A folder with programs, built by Go where it is not there yet: minutes for the first time, as the modules are fetched
 * and compiled.
 */
export async function programs(name: keyof typeof SETS): Promise<string> {
  const module = join(import.meta.dirname, name)
  const { versioned, renamed = {}, files, builds = true }: Set = SETS[name]
  const go = async (...args: string[]) => {
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' }
    return (await run('go', args, { cwd: module, env, maxBuffer: 2 ** 26 })).stdout.trim()
  }
  const sources = ['go.mod', 'go.sum'].map((file) => join(module, file))
  return await built(name, [...sources, import.meta.filename], async (folder) => {
    await mkdir(folder)
    const version = versioned ? kubernetesVersion(await go('list', '-m', '-f', '{{.Version}}', versioned)) : []
    if (builds)
      await go('build', '-trimpath', '-ldflags', ['-s', '-w', ...version].join(' '), '-o', `${folder}/`, 'tool')
    for (const [from, to] of Object.entries(renamed)) await rename(join(folder, from), join(folder, to))
    if (!files) return
    const { Dir: home } = JSON.parse(await go('mod', 'download', '-json', files.of)) as { Dir: string }
    await mkdir(join(folder, files.to))
    for await (const file of glob(files.pattern, { cwd: home }))
      await copyFile(join(home, file), join(folder, files.to, basename(file)))
  })
}
