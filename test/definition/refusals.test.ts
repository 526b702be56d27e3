import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { type CapturedResource, EvaluationError, evaluate } from '../../tools/evaluate/index.ts'

const PROJECT = join(import.meta.dirname, '../..')

let root: string
/** A project of its own: the same program, with settings and institutions that a test may spoil. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kura-project-'))
  for (const file of ['Pulumi.yaml', 'Pulumi.dev.yaml']) cpSync(join(PROJECT, file), join(root, file))
  for (const entry of ['infra', 'package.json']) symlinkSync(join(PROJECT, entry), join(root, entry))
  cpSync(join(PROJECT, 'infra/tenants/dev'), join(root, 'tenants'), { recursive: true })
  set({ tenants: join(root, 'tenants') })
})
afterEach(() => rmSync(root, { recursive: true }))

/** Sets settings, by their names below `kura:`; nested ones as `a.b`. */
function set(settings: Record<string, unknown>): void {
  const file = join(root, 'Pulumi.dev.yaml')
  const stack: { config: Record<string, unknown> } = parse(readFileSync(file, 'utf8'))
  for (const [name, value] of Object.entries(settings)) {
    const path = `kura:${name}`.split('.')
    const last = path.pop() ?? ''
    const holder = path.reduce((node, key) => {
      node[key] ??= {}
      return node[key] as Record<string, unknown>
    }, stack.config)
    holder[last] = value
  }
  writeFileSync(file, stringify(stack))
}

/** The lines that the program stops with. */
async function refusal(): Promise<string[]> {
  const error = await evaluate({ stack: 'dev', root }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EvaluationError)
  return (error as EvaluationError).message.split('\n')
}

test('wrong, missing and unknown settings stop the program with name, file and what is allowed, all at once', async () => {
  set({
    compartment: undefined,
    'pools.web.nodes': 0,
    'pools.pgpool.vcpu': 3,
    'pools.postgresql.nodes': 1,
    'cells.color': 'blue',
    'network.services': '10.16.32.0/20',
    'secure-boot': 'true',
  })
  expect((await refusal()).sort()).toEqual([
    'Pulumi.dev.yaml: kura:cells.color is not known; allowed here: connections, institutions, nginx, passwords, pins, sweep, web, worker',
    'Pulumi.dev.yaml: kura:compartment is missing (compartment that holds everything)',
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:network\.services must lie outside the addresses of the VCN/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.pgpool\.vcpu .*multiple of 2 .*an even number\)$/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.postgresql\.nodes must be at least 2/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.web\.nodes .*>=1 \(number of nodes\)$/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:secure-boot is not known; allowed here: .*cells, compartment, /),
  ])
})

test("a wrong institution's file stops the program with file, line and what is allowed", async () => {
  const file = join(root, 'tenants/misaki.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('data.misaki-ids.example', 'ir.aozora-u.example'))
  expect(await refusal()).toEqual([
    `${file}:3: host ir.aozora-u.example is taken by ${root}/tenants/aozora.yaml:4; each belongs to one institution`,
  ])
})

test('a node image that the region does not offer is refused with those that it does', async () => {
  set({ 'kubernetes.nodeImage': 'Oracle-Linux-9' })
  const [first, ...offered] = await refusal()
  expect(first).toBe('Pulumi.dev.yaml: kura:kubernetes.nodeImage Oracle-Linux-9 is not offered here; allowed:')
  expect(offered).toContain('  Oracle-Linux-8.10-2025.09.16-0-OKE-1.34.1-1191')
})

test('cells whose processes do not fit pgpool-II are refused', async () => {
  set({ 'pgpool.children': 100 })
  expect(await refusal()).toEqual([
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pgpool\.children 100 is too small: 2 cells may hold 112/),
  ])
})

test('a version pinned for a cell that no institution names is refused', async () => {
  set({ 'cells.pins': { higashi: '0.2.0' } })
  expect(await refusal()).toEqual(['Pulumi.dev.yaml: kura:cells.pins.higashi is no cell; allowed: kita, minami'])
})

test('a change of one institution rolls its cell alone, and a pin changes the images of one cell', async () => {
  const before = await evaluate({ stack: 'dev', root })
  const file = join(root, 'tenants/misaki.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('upload: 100', 'upload: 50'))
  set({ 'cells.pins': { kita: '0.2.0-rc.1' } })
  const after = await evaluate({ stack: 'dev', root })

  const text = (resource: CapturedResource | undefined) => JSON.stringify(resource?.inputs)
  const changed = after.resources.filter(
    (resource) => text(resource) !== text(before.resources.find(({ urn }) => urn === resource.urn)),
  )
  expect(changed.map(({ name }) => name)).toEqual([
    'kura-cell-kita-web',
    'kura-cell-kita-worker',
    'kura-cell-minami-web',
    'kura-cell-minami-worker',
    'kura-cell-minami-configuration',
  ])
  const [kita, , minami] = changed.map(text)
  expect(kita).toContain('/application:0.2.0-rc.1"')
  expect(minami).toContain('/application:0.1.0"')
})
