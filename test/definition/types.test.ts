import { expect, test } from 'vitest'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'
import { mistyped } from './types.ts'

const captured = (type: string, name: string, inputs: Record<string, unknown>) =>
  ({ type, name, inputs, custom: true }) as unknown as CapturedResource

test("all inputs are what the providers' types allow, in both stacks", async () => {
  const { dev, prod } = await evaluateStacks()
  expect(mistyped([...dev.resources, ...prod.resources])).toEqual([])
})

test('an unknown, a missing and a wrong input are each named with their resource', () => {
  expect(
    mistyped([
      captured('oci:Core/vcn:Vcn', 'unknown', { compartmentId: 'c', cidrBlok: '10.0.0.0/16' }),
      captured('oci:Core/vcn:Vcn', 'missing', { cidrBlocks: ['10.0.0.0/16'] }),
      captured('kubernetes:core/v1:Service', 'wrong', { spec: { ports: [{ port: 'eighty' }] } }),
      captured('kubernetes:core/v1:Service', 'right', { spec: { ports: [{ port: 80 }] } }),
    ]).map((fault) => fault.split(':')[0]),
  ).toEqual(['unknown', 'missing', 'wrong'])
})
