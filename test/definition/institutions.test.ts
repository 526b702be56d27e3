import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedResource, type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'
import { type Plan, planOf } from '../../tools/plan/plan.ts'
import { institutions, usageOf, writeInstitutions } from '../generate/institutions.ts'
import { inputsOf } from './stacks.ts'

/*
 * Production's own settings with as many institutions as the service has, eight in a cell: what they add to the
 * definition, and that everything finds its place.
 */

const ALL = 664
const PER_CELL = 8

/**
 * Resources of a cell: itself, its 14 objects in the cluster, the job that makes its folders, its file system and the
 * two exports.
 */
const OF_A_CELL = 1 + 14 + 1 + 3
/** Resources of a group of hosts: load balancer, firewall, certificate, and what routes, checks and logs them. */
const PER_GROUP = 18

const folder = mkdtempSync(join(tmpdir(), 'kura-institutions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const evaluations = new Map<number, Promise<Evaluation>>()

/** Production with the first of the generated institutions, each number of them evaluated once. */
function withInstitutions(count: number): Promise<Evaluation> {
  const known = evaluations.get(count)
  if (known) return known
  const tenants = join(folder, String(count))
  writeInstitutions(tenants, institutions({ count, perCell: PER_CELL }))
  const evaluation = evaluate({ stack: 'prod', changes: { tenants } })
  evaluations.set(count, evaluation)
  return evaluation
}

describe('the generated institutions', () => {
  const all = institutions({ count: ALL, perCell: PER_CELL })
  const mean = (part: 'gib' | 'items') => all.reduce((sum, one) => sum + one[part], 0) / all.length
  const most = (part: 'gib' | 'items') => Math.max(...all.map((one) => one[part]))

  test('have as much as those of the service, most of them little', () => {
    expect(mean('gib')).toBeCloseTo(5, 3)
    expect(most('gib')).toBeCloseTo(167, 1)
    expect(mean('items')).toBeCloseTo(2700, 0)
    expect(most('items')).toBe(83_632)
    expect(all.filter(({ gib }) => gib < 5).length).toBeGreaterThan(ALL * 0.7)
  })

  test('are the same at every run, and fewer of them are the first of all', () => {
    expect(institutions({ count: ALL, perCell: PER_CELL })).toEqual(all)
    expect(institutions({ count: 10, perCell: PER_CELL })).toEqual(all.slice(0, 10))
    expect(institutions({ count: 10, perCell: PER_CELL, seed: 2 })).not.toEqual(all.slice(0, 10))
  })

  test('have a third of their hosts outside the zone, at most 90 in a group, and eight institutions in a cell', () => {
    const own = all.filter(({ hosts: [host = ''] }) => !host.endsWith('.kura.example'))
    expect(own).toHaveLength(222)
    expect(own.every(({ group }) => group !== undefined)).toBe(true)
    const largest = (groups: Map<unknown, unknown[]>) => Math.max(...[...groups.values()].map(({ length }) => length))
    expect(largest(Map.groupBy(own, ({ group }) => group))).toBe(90)
    expect(largest(Map.groupBy(all, ({ cell }) => cell))).toBe(PER_CELL)
  })
})

describe('664 institutions', () => {
  let few: Evaluation
  let all: Evaluation
  let plan: Plan
  beforeAll(async () => {
    few = await withInstitutions(10)
    all = await withInstitutions(ALL)
    plan = planOf(all, usageOf(institutions({ count: ALL, perCell: PER_CELL })))
  })

  const naming = ({ resources }: Evaluation, pattern: RegExp) => resources.filter(({ name }) => pattern.test(name))
  const INSTITUTION = /institution-\d{3}/
  const CELL = /cell-(\d{3})/
  /** A resource's type and name, alike for all cells, and for all groups of hosts. */
  const kind = ({ type, name }: CapturedResource) =>
    `${type} ${name.replace(INSTITUTION, '<institution>').replace(CELL, '<cell>').replaceAll(/\d+/g, '<n>')}`
  const kinds = (resources: CapturedResource[]) => new Set(resources.map(kind))

  test('are 3,000 resources at most', () => {
    expect(all.resources.length).toBeLessThanOrEqual(3000)
  })

  test('add one resource each, their password', () => {
    for (const [evaluation, count] of [
      [few, 10],
      [all, ALL],
    ] as const) {
      const own = naming(evaluation, INSTITUTION)
      expect(own.map(({ type }) => type)).toEqual(Array(count).fill('random:index/randomPassword:RandomPassword'))
    }
  })

  test('add the same resources for every cell, whether there are two or 83', () => {
    const perCell = ({ resources }: Evaluation) => {
      const cells = Map.groupBy(
        resources.filter(({ name }) => CELL.test(name)),
        ({ name }) => CELL.exec(name)?.[1],
      )
      return [...cells.values()].map((own) => own.map(kind).sort())
    }
    const [expected, ...others] = [...perCell(few), ...perCell(all)]
    expect(others).toHaveLength(1 + ALL / PER_CELL)
    expect(expected).toHaveLength(OF_A_CELL)
    for (const own of others) expect(own).toEqual(expected)
  })

  test('add nothing else but what their groups of hosts are made of', () => {
    const rest = ({ resources }: Evaluation) =>
      resources.filter(({ name }) => !INSTITUTION.test(name) && !CELL.test(name))
    expect(kinds(rest(all))).toEqual(kinds(rest(few)))
    // Ten institutions have one group of hosts of their own, all have three.
    expect(rest(all).length - rest(few).length).toBe(2 * PER_GROUP)
    expect(all.resources.length - few.resources.length).toBe(
      ALL - 10 + (Math.ceil(ALL / PER_CELL) - Math.ceil(10 / PER_CELL)) * OF_A_CELL + 2 * PER_GROUP,
    )
  })

  test('find a place on 15 web nodes, all rolling at once or one node lost, and everything else fits too', () => {
    const web = plan.pools.find(({ name }) => name === 'web')
    expect(web?.nodes).toBe(15)
    expect(web?.short).toMatchObject({ nodes: 14, unplaced: [] })
    expect(web?.rolling.unplaced).toEqual([])
    expect(plan.problems).toEqual([])
    expect(plan.cells).toBe(83)
  })

  test("cost less than production's budget, and not so little that it would warn nobody", () => {
    const [{ amount } = { amount: 0 }] = inputsOf<{ amount: number }>(all, 'oci:Budget/budget:Budget')
    expect(plan.cost.total / amount).toBeGreaterThan(0.75)
    expect(plan.cost.total / amount).toBeLessThan(0.9)
  })

  test('keep every ConfigMap below half of what Kubernetes takes', () => {
    for (const { type, name, inputs } of all.resources)
      if (type === 'kubernetes:core/v1:ConfigMap')
        expect(Buffer.byteLength(JSON.stringify(reveal(inputs.data))), name).toBeLessThan(512 * 1024)
  })
})

describe('one institution more', () => {
  let eight: Evaluation
  let nine: Evaluation
  let ten: Evaluation
  let eleven: Evaluation
  beforeAll(async () => {
    eight = await withInstitutions(8)
    nine = await withInstitutions(9)
    ten = await withInstitutions(10)
    eleven = await withInstitutions(11)
  })

  /** What is new and what has other inputs, by name. */
  function differences(before: Evaluation, after: Evaluation) {
    const inputs = (resource: CapturedResource) => JSON.stringify(reveal(resource.inputs))
    const known = new Map(before.resources.map((resource) => [resource.urn, inputs(resource)]))
    return {
      added: after.resources.filter(({ urn }) => !known.has(urn)).map(({ name }) => name),
      removed:
        before.resources.length + after.resources.filter(({ urn }) => !known.has(urn)).length - after.resources.length,
      changed: after.resources
        .filter((resource) => known.has(resource.urn) && known.get(resource.urn) !== inputs(resource))
        .map(({ name }) => name)
        .sort(),
    }
  }

  /** Its cell's configuration and route, and the pods that roll by it. */
  const OF_ITS_CELL = [
    'kura-cell-cell-002-configuration',
    'kura-cell-cell-002-route-1',
    'kura-cell-cell-002-secrets',
    'kura-cell-cell-002-web',
    'kura-cell-cell-002-worker',
  ]
  /** Lists of all institutions: whose databases are dumped, and where people are sent back to after their login. */
  const SHARED = ['kura-backups-lists', 'kura-identity-keycloak-realm-files', 'kura-identity-keycloak-realm-job']
  /** Names on the certificate of its group of hosts; a host in the zone is on the wildcard's already. */
  const OF_ITS_GROUP = ['kura-gateway-certificates-kura-edge-1']

  test('with a host in the zone makes its password, and changes its cell and the shared lists', () => {
    expect(differences(ten, eleven)).toEqual({
      added: ['kura-passwords-institution-011'],
      removed: 0,
      changed: [...OF_ITS_CELL, ...SHARED].sort(),
    })
  })

  test('with a host of its own changes its group of hosts besides', () => {
    expect(differences(nine, ten)).toEqual({
      added: ['kura-passwords-institution-010'],
      removed: 0,
      changed: [...OF_ITS_CELL, ...SHARED, ...OF_ITS_GROUP].sort(),
    })
  })

  test('in a cell of its own makes that cell, and changes no other, nor any service', () => {
    const { added, removed, changed } = differences(eight, nine)
    expect(removed).toBe(0)
    expect(changed).toEqual([...SHARED].sort())
    const [own, others] = [
      added.filter((name) => /cell-002/.test(name)),
      added.filter((name) => !/cell-002/.test(name)),
    ]
    expect(own).toHaveLength(OF_A_CELL)
    expect(others).toEqual(['kura-passwords-institution-009'])
  })
})
