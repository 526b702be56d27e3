import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type CapturedResource, evaluate } from '../../tools/evaluate/index.ts'
import { unfitNames } from './names.ts'
import { evaluateStacks } from './stacks.ts'

const PROJECT = join(import.meta.dirname, '../..')
const root = mkdtempSync(join(tmpdir(), 'kura-names-'))
afterAll(() => rmSync(root, { recursive: true }))

test('every name fits its type, in both stacks', async () => {
  const { dev, prod } = await evaluateStacks()
  expect(unfitNames([...dev.resources, ...prod.resources])).toEqual([])
})

test('so do the longest names that an institution and a cell may have', async () => {
  for (const entry of ['infra', 'package.json']) symlinkSync(join(PROJECT, entry), join(root, entry))
  cpSync(join(PROJECT, 'Pulumi.yaml'), join(root, 'Pulumi.yaml'))
  const tenants = join(root, 'tenants')
  cpSync(join(PROJECT, 'infra/tenants/dev'), tenants, { recursive: true })
  const long = 'a'.repeat(32)
  for (const file of readdirSync(tenants)) {
    const text = readFileSync(join(tenants, file), 'utf8')
    writeFileSync(join(tenants, file), text.replace(/^cell: .*$/m, `cell: ${long}`))
  }
  const [first = ''] = readdirSync(tenants)
  writeFileSync(
    join(tenants, `${long}.yaml`),
    readFileSync(join(tenants, first), 'utf8').replace(/^id: .*$/m, `id: ${long}`),
  )
  rmSync(join(tenants, first))
  writeFileSync(
    join(root, 'Pulumi.dev.yaml'),
    readFileSync(join(PROJECT, 'Pulumi.dev.yaml'), 'utf8').replace('tenants/dev', tenants),
  )
  expect(unfitNames((await evaluate({ stack: 'dev', root })).resources)).toEqual([])
})

test('what does not fit is named', () => {
  const captured = (type: string, name: string, inputs: Record<string, unknown>) =>
    ({ type, name, inputs }) as unknown as CapturedResource
  expect(
    unfitNames([
      captured('kubernetes:core/v1:Service', 'service', { metadata: { name: 'a.b', labels: {} } }),
      captured('kubernetes:batch/v1:CronJob', 'job', { metadata: { name: 'a'.repeat(53) } }),
      captured('kubernetes:core/v1:Secret', 'labelled', { metadata: { name: 'a', labels: { k: 'b c' } } }),
      captured('oci:Core/subnet:Subnet', 'subnet', { displayName: 'fine', dnsLabel: 'load-balancers' }),
      captured('oci:Identity/policy:Policy', 'policy', { name: 'p'.repeat(101) }),
    ]).map((fault) => fault.split(':')[0]),
  ).toEqual(['service', 'job', 'labelled', 'subnet', 'policy'])
})
