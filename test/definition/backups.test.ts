import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CapturedResource, type Evaluation, evaluate } from '../../tools/evaluate/index.ts'
import { SpareProject } from '../support/project.ts'
import { evaluateStacks, inputsOf, opened, STACKS, type Stack } from './stacks.ts'

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
})

interface CronJob {
  metadata: { name: string; namespace: string }
  spec: {
    schedule: string
    suspend: boolean
    concurrencyPolicy: string
    jobTemplate: {
      spec: {
        parallelism?: number
        completions?: number
        template: {
          spec: {
            containers: { command: string[]; env: { name: string; value: string }[] }[]
            volumes: { name: string; secret?: { items: { key: string }[] } }[]
          }
        }
      }
    }
  }
}

/** Jobs that copy, each with the one that looks whether its copies are there. What looks itself, has none. */
const CHECKED = { dumps: 'dumps-check', physical: 'physical-check', snapshots: 'snapshots-check', offsite: undefined }

describe.each(STACKS)('the backups of %s', (stack) => {
  const part = (name: string): CapturedResource => {
    const found = stacks[stack].resources.find((resource) => resource.name === `kura-backups-${name}`)
    if (!found) throw new Error(`kura-backups-${name} is not declared`)
    return found
  }
  const jobs = () =>
    new Map(
      inputsOf<CronJob>(stacks[stack], 'kubernetes:batch/v1:CronJob')
        .filter(({ metadata }) => metadata.namespace === 'kura-backups')
        .map((job) => [job.metadata.name, job]),
    )
  const environment = (job: string) =>
    Object.fromEntries(
      jobs()
        .get(job)
        ?.spec.jobTemplate.spec.template.spec.containers[0]?.env.map(({ name, value }) => [name, value]) ?? [],
    )

  test('are made and looked at: each copy has a job that fails when it is missing', () => {
    const declared = jobs()
    for (const [copy, check] of Object.entries(CHECKED))
      for (const name of [copy, check].filter((name) => name !== undefined))
        expect(declared.get(name)?.spec, name).toMatchObject({ suspend: false, concurrencyPolicy: 'Forbid' })
    expect(declared.get('base-check')?.spec.suspend).toBe(false)
    expect([...declared.keys()].sort()).toEqual(
      [...Object.entries(CHECKED).flat(), 'base-check', 'restore'].filter((name) => name !== undefined).sort(),
    )
    expect(declared.get('restore')?.spec.suspend).toBe(true)
  })

  test('run scripts that are there, all of them', () => {
    const scripts = Object.keys(opened<{ data: Record<string, string> }>(part('scripts')).data)
    const folder = join(import.meta.dirname, '../../infra/protection/backups/scripts')
    expect(scripts.sort()).toEqual(readdirSync(folder).sort())
    const run = [...jobs().values()].map(({ spec }) => spec.jobTemplate.spec.template.spec.containers[0]?.command[1])
    expect(run.sort()).toEqual(scripts.map((script) => `/etc/backup/scripts/${script}`))
  })

  test('dump every database, split over as many pods as PostgreSQL has nodes', () => {
    const { data } = opened<{ data: Record<string, string> }>(part('lists'))
    const databases = (data.databases ?? '').trim().split('\n')
    const [{ spec } = { spec: {} }] = inputsOf<{ spec: { numberOfInstances?: number; databases?: object } }>(
      stacks[stack],
      'kubernetes:acid.zalan.do/v1:postgresql',
    )
    const tenants = stacks[stack].resources
      .filter(({ name, type }) => name.startsWith('kura-passwords-') && type.startsWith('random:'))
      .map(({ name }) => name.replace('kura-passwords-', ''))
    expect(databases.map((line) => line.split(' ')[1]).sort()).toEqual(
      [...tenants.map((id) => `kura_${id.replaceAll('-', '_')}`), ...Object.keys(spec.databases ?? {})].sort(),
    )
    const { completions, parallelism } = jobs().get('dumps')?.spec.jobTemplate.spec ?? {}
    expect([completions, parallelism, Number(environment('dumps').WORKERS)]).toEqual(
      Array(3).fill(spec.numberOfInstances),
    )
  })

  test('read from a standby by TLS that looks at the name, and restore on the primary', () => {
    for (const job of ['dumps', 'physical'])
      expect(environment(job)).toMatchObject({
        PGHOST: 'kura-data-postgresql-repl.kura-data.svc',
        PGUSER: 'kura_backup',
        PGSSLMODE: 'verify-full',
      })
    expect(environment('restore')).toMatchObject({
      PGHOST: 'kura-data-postgresql.kura-data.svc',
      PGUSER: 'kura_provisioner',
    })
  })

  test('go to the bucket of their kind, by a key that is good for no other', () => {
    const secrets = opened<{ stringData: Record<string, string> }>(part('secrets')).stringData
    const keys = ['rclone-dumps', 'rclone-wal', 'rclone-offsite'].map(
      (name) => /^access_key_id = (.*)$/m.exec(secrets[name] ?? '')?.[1],
    )
    expect(new Set(keys).size).toBe(3)
    expect(environment('dumps').BUCKET).toBe(`kura-storage-dumps-${stack}`)
    expect(environment('base-check').BUCKET).toBe(`kura-storage-wal-${stack}`)
    expect(secrets['rclone-offsite']).toContain(
      '[offsite]\ntype = s3\nprovider = Other\nendpoint = https://storage.nii.example',
    )
  })

  test('show each job the secrets that it needs, and no other', () => {
    const shown = Object.fromEntries(
      [...jobs()].map(([name, { spec }]) => [
        name,
        spec.jobTemplate.spec.template.spec.volumes.flatMap(({ secret }) => secret?.items.map(({ key }) => key) ?? []),
      ]),
    )
    expect(shown).toEqual({
      dumps: ['database', 'rclone-dumps'],
      'dumps-check': ['rclone-dumps'],
      physical: ['database'],
      'physical-check': [],
      'base-check': ['rclone-wal'],
      snapshots: ['snapshots'],
      'snapshots-check': ['snapshots'],
      offsite: ['rclone-offsite'],
      restore: ['provisioner', 'rclone-dumps'],
    })
  })
})

test('an institution that is to be purged is dumped no more', async () => {
  const project = new SpareProject()
  try {
    project.editTenant('misaki', 'group: 1', 'group: 1\nstate: closed\npurge: 2027-04-01')
    const { resources } = await evaluate({ stack: 'dev', root: project.root })
    const lists = resources.find(({ name }) => name === 'kura-backups-lists')
    const { data } = opened<{ data: Record<string, string> }>(lists as CapturedResource)
    expect(data.databases).toContain('aozora kura_aozora\n')
    expect(data.databases).not.toContain('misaki')
  } finally {
    project.remove()
  }
})
