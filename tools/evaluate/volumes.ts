/** Files of a volume, by path below its root. */
export type Files = Record<string, File>

export interface File {
  content: Buffer
  /** Permission bits. */
  mode: number
  /** Whether it comes from a Secret. */
  secret: boolean
}

interface Metadata {
  name: string
  namespace: string
}

export interface ConfigMap {
  metadata: Metadata
  data?: Record<string, string>
  binaryData?: Record<string, string>
}

export interface Secret {
  metadata: Metadata
  /** Base64. */
  data?: Record<string, string>
  /** Plain text; goes before `data`. */
  stringData?: Record<string, string>
}

/** Keys that become files. Without `items`, every key becomes a file of its own name. */
interface Selection {
  items?: { key: string; path: string; mode?: number }[]
  optional?: boolean
}

interface Projection {
  configMap?: Selection & { name: string }
  secret?: Selection & { name: string }
}

export interface Volume {
  name: string
  emptyDir?: object
  persistentVolumeClaim?: object
  configMap?: Selection & { name: string; defaultMode?: number }
  secret?: Selection & { secretName: string; defaultMode?: number }
  projected?: { sources: Projection[]; defaultMode?: number }
}

/** Finds objects in the pod's namespace. */
interface Objects {
  configMap: (name: string) => ConfigMap | undefined
  secret: (name: string) => Secret | undefined
}

const DEFAULT_MODE = 0o644

/** Bytes by key. */
type Keys = Map<string, Buffer>

/**
 * The files of a pod's volume, as the kubelet makes them.
 *
 * @throws Error if an object or a key that is not optional is missing, if two sources make one file, or for a kind of
 * volume that holds no declared files.
 */
export function volumeFiles(volume: Volume, objects: Objects): Files {
  // What is there has been written by processes.
  if (volume.emptyDir || volume.persistentVolumeClaim) return {}
  if (volume.configMap) {
    const { defaultMode = DEFAULT_MODE, ...source } = volume.configMap
    return project([{ configMap: source }], defaultMode, volume.name, objects)
  }
  if (volume.secret) {
    const { defaultMode = DEFAULT_MODE, secretName, ...source } = volume.secret
    return project([{ secret: { ...source, name: secretName } }], defaultMode, volume.name, objects)
  }
  if (volume.projected) {
    const { defaultMode = DEFAULT_MODE, sources } = volume.projected
    return project(sources, defaultMode, volume.name, objects)
  }
  throw new Error(`volume ${volume.name} is of a kind that this does not model`)
}

function project(sources: Projection[], mode: number, volume: string, objects: Objects): Files {
  const files: Files = {}
  for (const source of sources) {
    const made = source.configMap
      ? select(source.configMap, configMapKeys(objects.configMap(source.configMap.name)), mode, false)
      : source.secret
        ? select(source.secret, secretKeys(objects.secret(source.secret.name)), mode, true)
        : undefined
    if (!made) throw new Error(`volume ${volume} has a source of a kind that this does not model`)
    for (const [path, file] of Object.entries(made)) {
      if (path in files) throw new Error(`volume ${volume} has two sources for ${path}`)
      files[path] = file
    }
  }
  return files
}

function select(
  { name, items, optional = false }: Selection & { name: string },
  keys: Keys | undefined,
  mode: number,
  secret: boolean,
): Files {
  const kind = secret ? 'Secret' : 'ConfigMap'
  if (!keys) {
    if (optional) return {}
    throw new Error(`${kind} ${name} is not declared`)
  }
  const wanted: NonNullable<Selection['items']> = items ?? [...keys.keys()].map((key) => ({ key, path: key }))
  return Object.fromEntries(
    wanted.flatMap(({ key, path, mode: own }) => {
      const value = keys.get(key)
      if (value !== undefined) return [[path, { content: value, mode: own ?? mode, secret }]]
      if (optional) return []
      throw new Error(`${kind} ${name} has no key ${key}; it has ${[...keys.keys()].join(', ')}`)
    }),
  )
}

function configMapKeys(object: ConfigMap | undefined): Keys | undefined {
  return object && new Map([...bytes(object.data, 'utf8'), ...bytes(object.binaryData, 'base64')])
}

function secretKeys(object: Secret | undefined): Keys | undefined {
  return object && new Map([...bytes(object.data, 'base64'), ...bytes(object.stringData, 'utf8')])
}

function bytes(values: Record<string, string> = {}, encoding: 'utf8' | 'base64'): [string, Buffer][] {
  return Object.entries(values).map(([key, value]) => [key, Buffer.from(value, encoding)])
}
