import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Evaluation } from './index.ts'
import { reveal } from './secret.ts'
import { type ConfigMap, type Files, type Secret, type Volume, volumeFiles } from './volumes.ts'

/** What the pods of a declared cell run and mount. */
export interface CellMounts {
  cell: string
  web: Container
  worker: Container
  provision: Container
}

export interface Container {
  image: string
  command: string[]
  args: string[]
  env: Record<string, string>
  workingDir: string
  mounts: Mount[]
}

/** A place in a container's file system. */
export interface Mount {
  /** Absolute path in the container. */
  path: string
  readOnly: boolean
  /** By path below `path`; an empty `emptyDir` has none. */
  files: Files
}

interface DeclaredContainer {
  name: string
  image: string
  command?: string[]
  args?: string[]
  env?: { name: string; value?: string }[]
  workingDir?: string
  volumeMounts?: { name: string; mountPath: string; subPath?: string; readOnly?: boolean }[]
}

interface Deployment {
  metadata: { name: string; namespace: string; labels: Record<string, string> }
  spec: {
    template: {
      spec: { initContainers?: DeclaredContainer[]; containers: DeclaredContainer[]; volumes?: Volume[] }
    }
  }
}

/**
 * What the pods of every declared cell run and mount, as the kubelet would give it to them.
 *
 * @throws Error if a container or something that it mounts is not declared, or is declared in a way that this does not
 * model.
 */
export function mounts({ resources }: Evaluation): CellMounts[] {
  const declared = <T>(type: string) =>
    resources.filter((resource) => resource.type === type).map(({ inputs }) => reveal(inputs) as T)
  const configMaps = declared<ConfigMap>('kubernetes:core/v1:ConfigMap')
  const secrets = declared<Secret>('kubernetes:core/v1:Secret')
  const byCell = Map.groupBy(
    declared<Deployment>('kubernetes:apps/v1:Deployment').filter(({ metadata }) => 'kura/cell' in metadata.labels),
    ({ metadata }) => metadata.labels['kura/cell'] ?? '',
  )

  return [...byCell].map(([cell, deployments]) => {
    const container = (deployment: 'web' | 'worker', name: string): Container => {
      const found = deployments.find(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === deployment)
      const pod = found?.spec.template.spec
      const declaration = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].find(
        (candidate) => candidate.name === name,
      )
      if (!found || !declaration) throw new Error(`cell ${cell} declares no container ${name} in ${deployment}`)
      const { namespace } = found.metadata
      return run(declaration, (volume) => {
        const source = pod?.volumes?.find((candidate) => candidate.name === volume)
        if (!source) throw new Error(`container ${name} of cell ${cell} mounts ${volume}, which its pod does not have`)
        return volumeFiles(source, {
          configMap: (named) => configMaps.find(({ metadata }) => same(metadata, { namespace, name: named })),
          secret: (named) => secrets.find(({ metadata }) => same(metadata, { namespace, name: named })),
        })
      })
    }
    return {
      cell,
      web: container('web', 'web'),
      worker: container('worker', 'worker'),
      provision: container('web', 'provision'),
    }
  })
}

/**
 * Writes what a container finds mounted, with `folder` in the place of its root: a file that it reads as
 * `/etc/kura/kura.json` is written as `<folder>/etc/kura/kura.json`. Secrets are for the owner alone.
 */
export function writeMounts(container: Container, folder: string): void {
  for (const { path, files } of container.mounts) {
    // A single file mounted by its subPath stands at the mount's own path.
    if (!('' in files)) mkdirSync(join(folder, path), { recursive: true, mode: 0o700 })
    for (const [file, { content, secret }] of Object.entries(files)) {
      const target = join(folder, path, file)
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      writeFileSync(target, content, { mode: secret ? 0o600 : 0o644 })
    }
  }
}

function run(declared: DeclaredContainer, filesOf: (volume: string) => Files): Container {
  const { name, image, command = [], args = [], env = [], workingDir = '/', volumeMounts = [] } = declared
  return {
    image,
    command,
    args,
    workingDir,
    env: Object.fromEntries(
      env.map((variable) => {
        if (variable.value === undefined) throw new Error(`container ${name}: ${variable.name} has no plain value`)
        return [variable.name, variable.value]
      }),
    ),
    mounts: volumeMounts.map(({ name: volume, mountPath, subPath, readOnly = false }) => ({
      path: mountPath,
      readOnly,
      files: subPath === undefined ? filesOf(volume) : below(filesOf(volume), subPath),
    })),
  }
}

/** A folder of a volume mounted by itself; a single file has the path '' below its mount. */
function below(files: Files, subPath: string): Files {
  const inside = Object.entries(files).flatMap(([path, file]) =>
    path === subPath ? [['', file]] : path.startsWith(`${subPath}/`) ? [[path.slice(subPath.length + 1), file]] : [],
  )
  if (inside.length === 0)
    throw new Error(`subPath ${subPath} is not in the volume; it has ${Object.keys(files).join(', ')}`)
  return Object.fromEntries(inside)
}

function same(a: { name: string; namespace: string }, b: { name: string; namespace: string }): boolean {
  return a.name === b.name && a.namespace === b.namespace
}
