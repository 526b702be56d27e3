import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identifier } from '../../tools/evaluate/answers.ts'
import { type CapturedResource, type Evaluation, evaluate, reveal, Secret } from '../../tools/evaluate/index.ts'
import { SpareProject } from '../support/project.ts'

const stacks: Record<string, Evaluation> = {}
const rotating = new SpareProject()
rotating.set({ 'storage.keys': [1, 2], 'keys.rotations': 2, 'storage.replica': undefined })
beforeAll(async () => {
  const [dev, prod, rotated] = await Promise.all([
    evaluate({ stack: 'dev' }),
    evaluate({ stack: 'prod' }),
    evaluate({ stack: 'dev', root: rotating.root }),
  ])
  Object.assign(stacks, { dev, prod, rotated })
}, 90_000)
afterAll(() => rotating.remove())

function all(stack: string): CapturedResource[] {
  return stacks[stack]?.resources ?? []
}

/** Resources of a type, by the end of its token. */
function of<T>(stack: string, type: string): (Omit<CapturedResource, 'inputs'> & { inputs: T })[] {
  return all(stack)
    .filter((resource) => resource.type.endsWith(`:${type}`))
    .map((resource) => ({ ...resource, inputs: reveal(resource.inputs) as T }))
}

interface Bucket {
  name: string
  accessType: string
  kmsKeyId?: string
  versioning?: string
  retentionRules?: { duration: { timeAmount: string; timeUnit: string } }[]
}
interface Lifecycle {
  bucket: string
  rules: { action: string; target: string; timeAmount: string }[]
}
interface Policy {
  statements: string[]
}
interface Export {
  path: string
  exportSetId: string
  fileSystemId: string
  exportOptions: { source: string; identitySquash: string; requirePrivilegedSourcePort: boolean }[]
}

describe.each(['dev', 'prod'])('object storage of %s', (stack) => {
  const bucket = (name: string) => {
    const found = of<Bucket>(stack, 'Bucket').find((resource) => resource.name === `kura-storage-${name}`)
    if (!found) throw new Error(`no bucket ${name}`)
    return found.inputs
  }
  const rules = (name: string) =>
    of<Lifecycle>(stack, 'ObjectLifecyclePolicy').find(
      ({ inputs }) => inputs.bucket === `kura-storage-${name}-${stack}`,
    )?.inputs.rules ?? []

  test('is closed to the public, and no bucket has both versions and retention', () => {
    for (const { name, inputs } of of<Bucket>(stack, 'Bucket')) {
      expect(inputs.accessType, name).toBe('NoPublicAccess')
      expect(inputs.versioning !== undefined && inputs.retentionRules !== undefined, name).toBe(false)
      expect(inputs.name.endsWith(`-${stack}`), name).toBe(true)
    }
    expect(bucket('contents').versioning).toBe('Enabled')
  })

  test('is encrypted by the key for it, once Object Storage may use that', () => {
    const policy = all(stack).find(({ name }) => name === 'kura-keys-users')
    for (const { name, inputs, dependencies } of of<Bucket>(stack, 'Bucket'))
      if (!name.includes('replica')) {
        expect(inputs.kmsKeyId, name).toMatch(/^ocid1\.key\./)
        expect(dependencies, name).toContain(policy?.urn)
      }
  })

  test('archives dumps and logs, deletes them only when the retention rule lets go, and never archives contents', () => {
    for (const name of ['dumps', 'logs']) {
      const kept = Number(bucket(name).retentionRules?.[0]?.duration.timeAmount)
      const [, archive, remove] = rules(name)
      expect(archive).toMatchObject({ action: 'ARCHIVE', target: 'objects' })
      expect(Number(archive?.timeAmount)).toBeLessThan(kept)
      expect(remove).toMatchObject({ action: 'DELETE', target: 'objects' })
      expect(Number(remove?.timeAmount)).toBeGreaterThan(kept)
    }
    expect(rules('contents').map(({ action, target }) => `${action} ${target}`)).toEqual([
      'ABORT multipart-uploads',
      'INFREQUENT_ACCESS objects',
      'DELETE previous-object-versions',
    ])
    for (const name of ['wal', 'snapshots']) {
      expect(bucket(name)).not.toHaveProperty('retentionRules')
      expect(bucket(name)).not.toHaveProperty('versioning')
      expect(rules(name).map(({ action }) => action)).toEqual(['ABORT'])
    }
  })

  test('may do by itself what the buckets say, before they say it', () => {
    const service = of<Policy>(stack, 'Policy').find(({ name }) => name === 'kura-storage-service')
    const statements = service?.inputs.statements ?? []
    for (const { name, inputs, dependencies, provider } of of<Lifecycle>(stack, 'ObjectLifecyclePolicy')) {
      expect(dependencies, name).toContain(service?.urn)
      const region = provider.includes('replica') ? 'ap-osaka-1' : 'ap-tokyo-1'
      expect(
        statements.some(
          (statement) =>
            statement.startsWith(`Allow service objectstorage-${region} to `) &&
            statement.includes(`target.bucket.name = '${inputs.bucket}'`) &&
            statement.includes("'OBJECT_UPDATE_TIER'"),
        ),
        name,
      ).toBe(true)
    }
  })

  test('has a user for each purpose, who may do that alone', () => {
    const may = Object.fromEntries(
      ['contents', 'dumps', 'wal', 'snapshots', 'offsite'].map((purpose) => {
        const policy = of<Policy>(stack, 'Policy').find(({ name }) => name === `kura-storage-${purpose}-user-policy`)
        const statements = policy?.inputs.statements ?? []
        return [
          purpose,
          {
            buckets: statements.map((statement) => /target\.bucket\.name = 'kura-storage-(\w+)-/.exec(statement)?.[1]),
            deletes: statements.some((statement) => /OBJECT_DELETE/.test(statement)),
            writes: statements.some((statement) => /OBJECT_(CREATE|OVERWRITE)/.test(statement)),
            destroys: statements.some((statement) =>
              /OBJECT_VERSION_DELETE|BUCKET_(DELETE|UPDATE)|manage/.test(statement),
            ),
          },
        ]
      }),
    )
    expect(may).toEqual({
      contents: { buckets: ['contents'], writes: true, deletes: true, destroys: false },
      dumps: { buckets: ['dumps'], writes: true, deletes: false, destroys: false },
      wal: { buckets: ['wal'], writes: true, deletes: true, destroys: false },
      snapshots: { buckets: ['snapshots'], writes: true, deletes: true, destroys: false },
      offsite: { buckets: ['dumps', 'wal', 'snapshots'], writes: false, deletes: false, destroys: false },
    })
    for (const { name, inputs } of of<Record<string, unknown>>(stack, 'UserCapabilitiesManagement')) {
      const can = Object.entries(inputs).filter(([, value]) => value === true)
      expect(can, name).toEqual([['canUseCustomerSecretKeys', true]])
    }
  })

  test('hands out keys as secrets', () => {
    const keys = of(stack, 'CustomerSecretKey')
    expect(keys).toHaveLength(5)
    for (const { name, outputs } of keys) expect(outputs.key, name).toBeInstanceOf(Secret)
  })
})

test.each(['dev', 'prod'])('contents and dumps of %s are copied to plain buckets of another region', (stack) => {
  const policies = of<{ bucket: string; destinationBucketName: string; destinationRegionName: string }>(
    stack,
    'ReplicationPolicy',
  )
  expect(policies.map(({ inputs }) => inputs.bucket).sort()).toEqual([
    `kura-storage-contents-${stack}`,
    `kura-storage-dumps-${stack}`,
  ])
  for (const { inputs, provider } of policies) {
    expect(inputs.destinationRegionName).toBe('ap-osaka-1')
    expect(provider).toContain('::kura-oracle::')
    const target = of<Bucket>(stack, 'Bucket').find((bucket) => bucket.inputs.name === inputs.destinationBucketName)
    expect(target?.provider).toContain('::kura-storage-replica-region::')
    expect(target?.inputs).not.toHaveProperty('versioning')
    expect(target?.inputs).not.toHaveProperty('retentionRules')
    expect(target?.inputs).not.toHaveProperty('kmsKeyId')
  }
})

test('a stack that names no other region copies nothing', () => {
  expect(all('rotated').filter(({ name }) => /^kura-storage-.*replica/.test(name))).toEqual([])
  const service = of<Policy>('rotated', 'Policy').find(({ name }) => name === 'kura-storage-service')
  expect(service?.inputs.statements.filter((statement) => statement.includes("'OBJECT_CREATE'"))).toEqual([])
})

test('a second number makes a second key of each purpose and leaves the first as it is', () => {
  const keys = (stack: string) =>
    of(stack, 'CustomerSecretKey').map(({ name, inputs }) => JSON.stringify({ name, inputs }))
  expect(keys('rotated')).toHaveLength(10)
  expect(keys('rotated')).toEqual(expect.arrayContaining(keys('dev')))
})

test('a rotation makes a version of each encryption key after the one before, and keeps the keys', () => {
  const versions = of(`rotated`, 'KeyVersion')
  expect(versions.map(({ name }) => name)).toEqual(
    ['buckets', 'files', 'kubernetes', 'volumes'].flatMap((use) =>
      [1, 2].map((rotation) => `kura-keys-${use}-rotation-${rotation}`),
    ),
  )
  for (const { name, dependencies, protect } of versions) {
    expect(protect, name).toBe(true)
    if (name.endsWith('-2'))
      expect(
        dependencies.some((urn) => urn.endsWith(`::${name.slice(0, -1)}1`)),
        name,
      ).toBe(true)
  }
  const keys = (stack: string) => of(stack, 'Key').map(({ name, inputs }) => ({ name, inputs }))
  expect(keys('rotated')).toEqual(keys('dev'))
})

test('every service may use the key that is meant for it, and no other', () => {
  const users = of<Policy>('dev', 'Policy').find(({ name }) => name === 'kura-keys-users')
  const names = new Map(
    of('dev', 'Key').map(({ type, name }) => [identifier(type, name, {}), name.slice('kura-keys-'.length)]),
  )
  const uses = (users?.inputs.statements ?? []).map((statement) => {
    const key = /target\.key\.id = '([^']+)'/.exec(statement)?.[1] ?? ''
    const who = /request\.principal\.type = '(\w+)'/.exec(statement)?.[1] ?? /^Allow (\S+( \S+)?)/.exec(statement)?.[1]
    return `${who?.replace(/ id$| to$/, '')}: ${names.get(key)}`
  })
  expect(uses).toEqual([
    'cluster: kubernetes',
    'service blockstorage: volumes',
    'cluster: volumes',
    'nodepool: volumes',
    'dynamic-group: files',
    'service objectstorage-ap-tokyo-1: buckets',
  ])
})

describe.each(['dev', 'prod'])('file storage of %s', (stack) => {
  const cells = { dev: ['kita', 'minami'], prod: ['higashi', 'nishi'] }[stack] ?? []

  test('has a file system for each cell and each kind of backup, with two exports: three resources a cell', () => {
    const names = of(stack, 'FileSystem').map(({ name }) => name)
    expect(names.sort()).toEqual(
      [...cells.map((cell) => `kura-files-cell-${cell}`), 'kura-files-elasticsearch', 'kura-files-postgresql'].sort(),
    )
    for (const cell of cells)
      expect(
        all(stack).filter(({ name }) => name.startsWith('kura-files-') && name.endsWith(`cell-${cell}`)),
      ).toHaveLength(3)
  })

  test("lets nodes alone mount it, and keeps root only behind the other's back", () => {
    const subnets = new Map(
      of<{ cidrBlock: string }>(stack, 'Subnet').map(({ name, inputs }) => [inputs.cidrBlock, name]),
    )
    for (const { name, inputs } of of<Export>(stack, 'Export'))
      for (const { source, identitySquash, requirePrivilegedSourcePort } of inputs.exportOptions) {
        expect(subnets.get(source), name).toMatch(/^kura-network-(data-)?nodes$/)
        expect(identitySquash, name).toBe(inputs.path.startsWith('/as-root/') ? 'NONE' : 'ROOT')
        expect(requirePrivilegedSourcePort, name).toBe(true)
      }
  })

  test('gives volume handles of the form that the driver reads, all different, and the same places to root', () => {
    const files = all(stack).find(({ name }) => name === 'kura-files')?.outputs as Record<string, unknown>
    type Volume = { handle: string; root: { server: string; path: string } }
    const { postgresql, elasticsearch, cells: inCells } = reveal(files) as Record<string, unknown>
    const volumes = [postgresql, elasticsearch, ...Object.values(inCells as Record<string, unknown>)] as Volume[]
    expect(volumes).toHaveLength(cells.length + 2)
    expect(new Set(volumes.map(({ handle }) => handle)).size).toBe(volumes.length)
    for (const { handle, root } of volumes) {
      const [, server, path] =
        /^ocid1\.filesystem\.[^:]+:(\d+\.\d+\.\d+\.\d+):(\/(?:cell-\w+|postgresql|elasticsearch))$/.exec(handle) ?? []
      expect(root, handle).toEqual({ server, path: `/as-root${path}` })
    }
  })

  test('takes snapshots of backups, and of nothing else', () => {
    for (const { name, inputs } of of<{ filesystemSnapshotPolicyId?: string }>(stack, 'FileSystem'))
      expect(inputs.filesystemSnapshotPolicyId !== undefined, name).toBe(!name.includes('-cell-'))
  })

  test("keeps a removed cell's file system, without standing in the way of removing the cell", () => {
    for (const { name, protect, retainOnDelete } of of(stack, 'FileSystem'))
      expect({ protect, retainOnDelete }, name).toEqual({ protect: !name.includes('-cell-'), retainOnDelete: true })
  })
})
