import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { type CapturedResource, EvaluationError, evaluate } from '../../tools/evaluate/index.ts'
import { SpareProject } from '../support/project.ts'

let project: SpareProject
let root: string
let set: SpareProject['set']
beforeEach(() => {
  project = new SpareProject()
  root = project.root
  set = (settings) => project.set(settings)
  return () => project.remove()
})

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
    'Pulumi.dev.yaml: kura:cells.color is not known; allowed here: connections, institutions, nginx, passwords, pins, rates, sweep, web, worker',
    'Pulumi.dev.yaml: kura:compartment is missing (compartment that holds everything)',
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:network\.services must lie outside the addresses of the VCN/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.pgpool\.vcpu .*multiple of 2 .*an even number\)$/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.postgresql\.nodes must be at least 2/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:pools\.web\.nodes .*>=1 \(number of nodes\)$/),
    expect.stringMatching(/^Pulumi\.dev\.yaml: kura:secure-boot is not known; allowed here: alarms, backups, /),
  ])
})

test('what SINET is told must fit the network, and the two ends of a BGP session each other', async () => {
  const circuit = (oracle: string, sinet: string) => ({
    providerService: 'ocid1.providerservice.oc1..example',
    oracle,
    sinet,
  })
  set({
    'sinet.networks': ['192.0.2.0/24', '10.16.200.0/24', '10.0.0.0/8'],
    'sinet.circuits': [circuit('169.254.20.2/30', '169.254.21.1/30'), circuit('169.254.20.3/29', '169.254.20.1/29')],
  })
  expect((await refusal()).sort()).toEqual([
    expect.stringMatching(/kura:sinet\.circuits\.0\.sinet must be another address in the range of Oracle's end/),
    expect.stringMatching(
      /kura:sinet\.circuits\.1\.oracle .* must lie outside the VCN, Services and the other circuit/,
    ),
    expect.stringMatching(/kura:sinet\.networks\.1 10\.16\.200\.0\/24 must lie outside the addresses of the VCN/),
    expect.stringMatching(/kura:sinet\.networks\.2 10\.0\.0\.0\/8 must lie outside the addresses of the VCN/),
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

test('a limit of requests below what an institution may upload is refused', async () => {
  set({ 'edge.upload': 50 })
  expect(await refusal()).toEqual([
    'Pulumi.dev.yaml: kura:edge.upload is less than an institution may upload; allowed: 100 or more',
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

test('more cells than the mount targets can serve are refused, with the number that can', async () => {
  for (let cell = 1; cell <= 50; cell++) project.addTenant(`tenant-${cell}`, 'misaki', `cell-${cell}`)
  expect(await refusal()).toEqual([
    'Pulumi.dev.yaml: kura:storage.mountTargets 1 is too few: 54 file systems need 2, as one takes 100 exports',
  ])
})

test('a replica in the same region, and an archive that is slower than the end, are refused', async () => {
  set({ 'storage.replica': 'ap-tokyo-1' })
  expect(await refusal()).toEqual([
    'Pulumi.dev.yaml: kura:storage.replica ap-tokyo-1 holds the originals; name another region',
  ])
  set({ 'storage.replica': 'ap-osaka-1', 'storage.archiveDumps': 60, 'storage.archiveLogs': 90 })
  expect((await refusal()).sort()).toEqual([
    expect.stringMatching(/kura:storage\.archiveDumps must be less than keepDumps/),
    expect.stringMatching(/kura:storage\.archiveLogs must be less than keepLogs/),
  ])
})
