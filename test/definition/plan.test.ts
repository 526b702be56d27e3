import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { CONNECTIONS, OWN } from '../../infra/data/connections.ts'
import { COUNTED, OTHERWISE } from '../../tools/plan/counted.ts'
import { pageOf } from '../../tools/plan/html.tsx'
import { type Plan, planOf } from '../../tools/plan/plan.ts'
import { evaluateStacks, inputsOf, STACKS, type Stack } from './stacks.ts'

const PROJECT = join(import.meta.dirname, '../..')

describe('the stacks', () => {
  let evaluations: Awaited<ReturnType<typeof evaluateStacks>>
  let plans: Record<Stack, Plan>
  beforeAll(async () => {
    evaluations = await evaluateStacks()
    plans = { dev: planOf(evaluations.dev), prod: planOf(evaluations.prod) }
  })

  test.each(STACKS)('%s fits', (stack) => expect(plans[stack].problems).toEqual([]))

  test.each(STACKS)('%s keeps all pools but the web pool for their own pods', (stack) =>
    expect(plans[stack].pools.filter(({ dedicated }) => !dedicated).map(({ name }) => name)).toEqual(['web']),
  )

  test("prod's nodes cost what the price list says of 264 OCPUs and 2,208 GB", () => {
    const nodes = plans.prod.cost.lines.filter(({ what }) => /nodes, (OCPU|memory)$/.test(what))
    expect(nodes).toHaveLength(10)
    expect(nodes.reduce((sum, { monthly }) => sum + monthly, 0)).toBeCloseTo(744 * (264 * 0.03 + 2208 * 0.002), 6)
  })

  test("prod's nodes hold 3,751 pod addresses, of a subnet that has more than twice as many", () => {
    expect(plans.prod.pools.reduce((sum, { addresses }) => sum + addresses.held, 0)).toBe(3751)
    expect(plans.prod.podAddresses.all).toBe(8189)
  })

  test.each([
    ['dev', 4, 2],
    ['prod', 5, 3],
  ] as const)(
    '%s counts what connects past pgpool-II, and PostgreSQL has room for just that',
    (stack, keycloaks, workers) => {
      const { connections } = plans[stack]
      // Each with one pod that comes and one that drains, where it rolls.
      expect(
        Object.fromEntries(connections?.others.map(({ name, connections: count }) => [name, count]) ?? []),
      ).toEqual({
        'kura-identity/keycloak': keycloaks * CONNECTIONS.identity,
        'kura-identity/handle': 3 * CONNECTIONS.handle,
        'kura-data/kura-data-postgresql-exporter': 3 * CONNECTIONS.exporter,
        'kura-data/kura-data-postgresql-grants': CONNECTIONS.grants,
        'kura-backups/dumps': workers * CONNECTIONS.dumps,
        'kura-backups/physical': CONNECTIONS.physical,
        'kura-backups/restore': CONNECTIONS.restore,
      })
      const past = connections?.others.reduce((sum, { connections: count }) => sum + count, 0) ?? 0
      const [{ data } = { data: {} }] = inputsOf<{ data: Record<string, string> }>(
        evaluations[stack],
        'kubernetes:core/v1:ConfigMap',
      ).filter((configMap) => 'pgpool.conf' in (configMap.data ?? {}))
      const children = Number(/^num_init_children = (\d+)$/m.exec(data['pgpool.conf'] ?? '')?.[1])
      expect(connections?.postgresql.max).toBe(2 * children + past + OWN)
    },
  )

  test('whoever may reach PostgreSQL is a cell, or counted', () => {
    for (const stack of STACKS) {
      const counted = new Set(plans[stack].connections?.others.map(({ name }) => name.split('/')[0]))
      const policies = inputsOf<{
        metadata: { namespace: string }
        spec: { egress?: { to?: { podSelector?: { matchLabels: Record<string, string> } }[] }[] }
      }>(evaluations[stack], 'kubernetes:networking.k8s.io/v1:NetworkPolicy')
      const reach = policies
        .filter(({ spec }) =>
          spec.egress?.some(({ to }) => to?.some((peer) => peer.podSelector?.matchLabels.application === 'spilo')),
        )
        .map(({ metadata }) => metadata.namespace)
      expect(reach.length).toBeGreaterThan(0)
      for (const namespace of reach) expect([...counted, 'kura-operators']).toContain(namespace)
    }
  })

  test('no type of Oracle is forgotten among the limits, and no service among the prices', () => {
    const known = new Set([...OTHERWISE, ...COUNTED.map(([type]) => type)])
    for (const stack of STACKS) {
      const types = new Set(
        evaluations[stack].resources.map(({ type }) => type).filter((type) => type.startsWith('oci:')),
      )
      expect([...types].filter((type) => !known.has(type))).toEqual([])
      expect(plans[stack].cost.unpriced.filter((what) => what.includes('nobody has looked'))).toEqual([])
      expect(plans[stack].limits.filter(({ needed, default: most = needed }) => needed > most)).toEqual([])
    }
  })

  test('the picture has every box of the platform', () => {
    const page = pageOf(plans.prod)
    const boxes = [
      'DNS WAF Keycloak SATOSA ClamAV Redis Prometheus pgpool-II PostgreSQL Elasticsearch RabbitMQ Vault Guard Bastion SINET',
      'Load balancers,Network load balancer,Handle server,Envoy,Object storage,File storage,Backups,offsite,FastConnect',
      'CI/CD,Logging,Metrics,NII storage,Operators',
    ].flatMap((line) => line.split(line.includes(',') ? ',' : ' '))
    for (const box of boxes) expect(page).toContain(box)
  })

  test.each([
    ['dev', 8, 7 * 2 * 8],
    ['prod', 4, 7 * 2 * 4],
  ] as const)('%s counts seven processes of each of two cells, of %d connections each', (stack, each, connections) => {
    expect(plans[stack].connections?.cells).toEqual({ cells: 2, processes: 14, each, connections })
  })

  test('each pod of every cell is counted, and pgpool-II as one on each node', () => {
    for (const plan of Object.values(plans)) {
      const line = (pool: string, name: string) =>
        plan.pools.find((one) => one.name === pool)?.workloads.find((workload) => workload.name === name)
      expect(line('web', 'kura-cell-*/web')).toMatchObject({ workloads: 2, pods: 4, surge: 2 })
      expect(line('pgpool', 'kura-data/kura-data-pgpool')).toMatchObject({ pods: 2, oneEach: true })
    }
  })
})

describe('npm run plan', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kura-plan-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs it from that folder, as npm tells where the person stands. */
  function run(...args: string[]): Promise<{ code: number | null; output: string; errors: string }> {
    const child = spawn(process.execPath, ['tools/run.mjs', 'tools/plan/index.ts', ...args], {
      cwd: PROJECT,
      env: { ...process.env, INIT_CWD: folder },
    })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    return new Promise((settle) => child.once('close', (code) => settle({ code, output, errors })))
  }

  test('prints the plan of a stack as JSON, and draws it', async () => {
    const { code, output } = await run('dev', '--json', '--html', 'plan.html')
    const { stack, evaluation } = JSON.parse(output)
    expect(stack).toBe('dev')
    expect(evaluation.seconds).toBeGreaterThan(0)
    expect(code).toBe(0)
    expect(readFileSync(join(folder, 'plan.html'), 'utf8')).toContain('Kura, dev')
    expect(existsSync(join(PROJECT, 'plan.html'))).toBe(false)
  })

  test('ends with 1 for settings whose pods find no place, and names workload and shortage', async () => {
    const settings = parse(readFileSync(join(PROJECT, 'Pulumi.dev.yaml'), 'utf8'))
    settings.config['kura:cells'].web.vcpu = 9
    writeFileSync(join(folder, 'Pulumi.trial.yaml'), stringify(settings))
    const { code, output } = await run('Pulumi.trial.yaml')
    expect(code).toBe(1)
    expect(output).toMatch(
      /pool web, as declared: 4 of kura-cell-kita\/web and 1 alike have no place; short of [\d.]+ vCPU for one pod on the emptiest node/,
    )
  })

  test('ends with 1 for a pool that is too small, and names what finds no place on it', async () => {
    const settings = parse(readFileSync(join(PROJECT, 'Pulumi.dev.yaml'), 'utf8'))
    settings.config['kura:pools'].web.nodes = 2
    writeFileSync(join(folder, 'Pulumi.small.yaml'), stringify(settings))
    const { code, output } = await run('Pulumi.small.yaml')
    expect(code).toBe(1)
    expect(output).toMatch(/pool web, one node gone \(1 of 2\): \d+ of \S+\/\S+ ha(s|ve) no place; short of/)
  })

  test('ends with 1 for settings that the definition refuses, in its words', async () => {
    const { code, errors } = await run('dev', '--tenants', 'nowhere')
    expect(code).toBe(1)
    expect(errors).toContain('Pulumi.dev.yaml: kura:tenants cannot be read')
    expect(errors).not.toContain('    at ')
  })
})
