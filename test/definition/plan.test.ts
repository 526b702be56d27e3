import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { evaluate } from '../../tools/evaluate/index.ts'
import { type Plan, planOf } from '../../tools/plan/plan.ts'

const PROJECT = join(import.meta.dirname, '../..')

describe('the stacks', () => {
  const plans: Record<string, Plan> = {}
  beforeAll(async () => {
    for (const evaluation of await Promise.all(['dev', 'prod'].map((stack) => evaluate({ stack }))))
      plans[evaluation.stack] = planOf(evaluation)
  })

  test.each(['dev', 'prod'])('%s fits', (stack) => expect(plans[stack]?.problems).toEqual([]))

  test("prod's nodes cost what the price list says of 264 OCPUs and 2,208 GB", () => {
    const nodes = plans.prod?.cost.lines.filter(({ what }) => /nodes, (OCPU|memory)$/.test(what)) ?? []
    expect(nodes).toHaveLength(10)
    expect(nodes.reduce((sum, { monthly }) => sum + monthly, 0)).toBeCloseTo(744 * (264 * 0.03 + 2208 * 0.002), 6)
  })

  test("prod's nodes hold 3,751 pod addresses, of a subnet that has more than twice as many", () => {
    expect(plans.prod?.pools.reduce((sum, { addresses }) => sum + addresses.held, 0)).toBe(3751)
    expect(plans.prod?.podAddresses.all).toBe(8189)
  })

  test.each([
    ['dev', 8, 7 * 2 * 8],
    ['prod', 4, 7 * 2 * 4],
  ])('%s counts seven processes of each of two cells, of %d connections each', (stack, each, connections) => {
    expect(plans[stack]?.connections?.cells).toEqual({ cells: 2, processes: 14, each, connections })
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

  test('ends with 1 for settings that the definition refuses, in its words', async () => {
    const { code, errors } = await run('dev', '--tenants', 'nowhere')
    expect(code).toBe(1)
    expect(errors).toContain('Pulumi.dev.yaml: kura:tenants cannot be read')
    expect(errors).not.toContain('    at ')
  })
})
