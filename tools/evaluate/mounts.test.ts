import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resourceOf } from '../../test/support/resource.ts'
import { Secret } from './index.ts'
import { type CellMounts, mounts, writeMounts } from './mounts.ts'

const CONFIG_MAP = 'kubernetes:core/v1:ConfigMap'
const SECRET = 'kubernetes:core/v1:Secret'

const resource = (type: string, inputs: Record<string, unknown>) => resourceOf({ type, inputs })

const objects = [
  resource(CONFIG_MAP, {
    metadata: { name: 'settings', namespace: 'one' },
    data: { 'kura.json': '{}', 'other.json': '[]' },
    binaryData: { logo: Buffer.from([0, 255]).toString('base64') },
  }),
  resource(CONFIG_MAP, { metadata: { name: 'elsewhere', namespace: 'two' }, data: { key: 'value' } }),
  resource(SECRET, {
    metadata: { name: 'passwords', namespace: 'one' },
    data: { encoded: Buffer.from('open').toString('base64'), both: Buffer.from('old').toString('base64') },
    stringData: new Secret({ plain: new Secret('sesame'), both: 'new' }),
  }),
]

/** A cell whose containers mount these volumes. */
function cell(volumes: object[], volumeMounts: object[], env: object[] = []): CellMounts {
  const deployment = (name: string) =>
    resource('kubernetes:apps/v1:Deployment', {
      metadata: { name, namespace: 'one', labels: { 'kura/cell': 'kita', 'app.kubernetes.io/name': name } },
      spec: {
        template: {
          spec: {
            volumes,
            initContainers: [{ name: 'provision', image: 'app:1', args: ['provision'], volumeMounts, env }],
            containers: [{ name, image: 'app:1', args: [name], volumeMounts, env }],
          },
        },
      },
    })
  const other = resource('kubernetes:apps/v1:Deployment', { metadata: { name: 'other', namespace: 'one', labels: {} } })
  const [made] = mounts({
    stack: 'dev',
    resources: [...objects, deployment('web'), deployment('worker'), other],
    outputs: {},
    lookUps: [],
    logs: [],
  })
  if (!made) throw new Error('no cell was found')
  return made
}

/** The text of each file of a volume, mounted at /etc. */
function files(volume: object, mount: object = {}): Record<string, string> {
  const { web } = cell([{ name: 'v', ...volume }], [{ name: 'v', mountPath: '/etc', ...mount }])
  return Object.fromEntries(
    Object.entries(web.mounts[0]?.files ?? {}).map(([path, { content }]) => [path, content.toString('utf8')]),
  )
}

test('a ConfigMap is mounted with all its keys, bytes as they are', () => {
  const { web } = cell(
    [{ name: 'v', configMap: { name: 'settings', defaultMode: 0o440 } }],
    [{ name: 'v', mountPath: '/etc/kura', readOnly: true }],
  )
  expect(web.mounts).toEqual([
    {
      path: '/etc/kura',
      readOnly: true,
      files: {
        'kura.json': { content: Buffer.from('{}'), mode: 0o440, secret: false },
        'other.json': { content: Buffer.from('[]'), mode: 0o440, secret: false },
        logo: { content: Buffer.from([0, 255]), mode: 0o440, secret: false },
      },
    },
  ])
})

test('a Secret is mounted decoded, and its stringData goes before its data', () => {
  expect(files({ secret: { secretName: 'passwords' } })).toEqual({ encoded: 'open', plain: 'sesame', both: 'new' })
})

test('a projected volume joins its sources, each key at its path', () => {
  expect(
    files({
      projected: {
        sources: [
          { configMap: { name: 'settings', items: [{ key: 'kura.json', path: 'deep/down.json' }] } },
          { secret: { name: 'passwords', items: [{ key: 'plain', path: 'secrets/plain' }] } },
        ],
      },
    }),
  ).toEqual({ 'deep/down.json': '{}', 'secrets/plain': 'sesame' })
})

test('a subPath mounts a folder or a file of a volume by itself', () => {
  const volume = { configMap: { name: 'settings', items: [{ key: 'kura.json', path: 'deep/down.json' }] } }
  expect(files(volume, { subPath: 'deep' })).toEqual({ 'down.json': '{}' })
  expect(files(volume, { subPath: 'deep/down.json' })).toEqual({ '': '{}' })
  expect(() => files(volume, { subPath: 'dee' })).toThrow('subPath dee is not in the volume; it has deep/down.json')
})

test('what is missing is an error, unless it is optional', () => {
  expect(() => files({ configMap: { name: 'none' } })).toThrow('ConfigMap none is not declared')
  expect(() => files({ configMap: { name: 'elsewhere' } })).toThrow('ConfigMap elsewhere is not declared')
  expect(() => files({ secret: { secretName: 'passwords', items: [{ key: 'no', path: 'no' }] } })).toThrow(
    'Secret passwords has no key no; it has encoded, both, plain',
  )
  expect(files({ configMap: { name: 'none', optional: true } })).toEqual({})
  expect(files({ configMap: { name: 'settings', optional: true, items: [{ key: 'no', path: 'no' }] } })).toEqual({})
  expect(() => cell([], [{ name: 'v', mountPath: '/etc' }])).toThrow('mounts v, which its pod does not have')
})

test('two sources for one file are an error', () => {
  const source = { configMap: { name: 'settings', items: [{ key: 'kura.json', path: 'same' }] } }
  expect(() => files({ projected: { sources: [source, source] } })).toThrow('two sources for same')
})

test('what is not modelled is an error, not an empty folder', () => {
  expect(() => files({ hostPath: { path: '/' } })).toThrow('of a kind that this does not model')
  expect(() => files({ projected: { sources: [{ downwardAPI: {} }] } })).toThrow('of a kind that this does not model')
  expect(() => cell([], [], [{ name: 'KEY', valueFrom: {} }])).toThrow('KEY has no plain value')
})

test('a cell names its containers, and what they run', () => {
  const { web, worker, provision } = cell([], [], [{ name: 'KURA_CONFIG', value: '/etc/kura' }])
  expect([web, worker, provision].map(({ args }) => args)).toEqual([['web'], ['worker'], ['provision']])
  expect(web).toMatchObject({ image: 'app:1', env: { KURA_CONFIG: '/etc/kura' }, workingDir: '/' })
})

test('files are written below a folder as the container sees them, secrets for the owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kura-mounts-'))
  try {
    const { web } = cell(
      [
        { name: 'c', projected: { sources: [{ configMap: { name: 'settings' } }] } },
        { name: 's', secret: { secretName: 'passwords', items: [{ key: 'plain', path: 'deep/plain' }] } },
        { name: 'f', configMap: { name: 'settings', items: [{ key: 'kura.json', path: 'kura.json' }] } },
        { name: 't', emptyDir: {} },
      ],
      [
        { name: 'c', mountPath: '/etc/kura' },
        { name: 's', mountPath: '/etc/secrets' },
        { name: 'f', mountPath: '/srv/one.json', subPath: 'kura.json' },
        { name: 't', mountPath: '/tmp' },
      ],
    )
    writeMounts(web, folder)
    expect(readFileSync(join(folder, 'etc/kura/kura.json'), 'utf8')).toBe('{}')
    expect(readFileSync(join(folder, 'etc/secrets/deep/plain'), 'utf8')).toBe('sesame')
    expect(readFileSync(join(folder, 'srv/one.json'), 'utf8')).toBe('{}')
    expect(statSync(join(folder, 'etc/secrets/deep/plain')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'etc/secrets/deep')).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'tmp')).isDirectory()).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
