import { beforeAll, expect, test } from 'vitest'
import type { CapturedResource, Evaluation } from '../../tools/evaluate/index.ts'
import { type Difference, differences, parts } from './same.ts'
import { evaluateStacks, type Stack } from './stacks.ts'

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
})

/** What only one of the two declares, each with the setting that asks for it. */
const ONLY: { part: RegExp; setting: string }[] = [
  { part: / kura-(tenancy|access-comparison-of-tenancy-policy)/, setting: 'tenancy: manage' },
  { part: /kura-delivery-approval$/, setting: 'delivery.approval' },
]

test('dev and prod are made of the same parts, but for what a setting of prod adds', () => {
  const [dev, prod] = [parts(stacks.dev), parts(stacks.prod)]
  const added = [...prod.keys()].filter((part) => !dev.has(part))
  expect([...dev.keys()].filter((part) => !prod.has(part))).toEqual([])
  expect(added.filter((part) => !ONLY.some((only) => only.part.test(part)))).toEqual([])
  for (const only of ONLY)
    expect(
      added.some((part) => only.part.test(part)),
      only.setting,
    ).toBe(true)
})

test('the parts of both differ in counts, sizes, names and addresses alone', () => {
  const [dev, prod] = [parts(stacks.dev), parts(stacks.prod)]
  const all = [...dev].flatMap(([part, resource]) => {
    const other = prod.get(part)
    return other ? differences(part, resource, other) : []
  })
  expect(all.filter(({ kind }) => kind === 'other')).toEqual([])
  for (const kind of ['size', 'name', 'address'] satisfies Difference['kind'][])
    expect(
      all.some((difference) => difference.kind === kind),
      kind,
    ).toBe(true)
})

test('a flag, a protocol and a word of a file that differ are no sizes', () => {
  const of = (inputs: Record<string, unknown>) => ({ inputs }) as unknown as CapturedResource
  const kinds = (one: Record<string, unknown>, other: Record<string, unknown>) =>
    differences('part', of(one), of(other)).map(({ kind }) => kind)
  expect(kinds({ on: true }, { on: false })).toEqual(['other'])
  expect(kinds({ nodes: ['a'] }, { nodes: ['a', 'b'] })).toEqual(['count'])
  expect(kinds({ protocol: 'tcp' }, { protocol: 'udp' })).toEqual(['other'])
  expect(kinds({ file: 'ssl = on\nsize = 4' }, { file: 'ssl = off\nsize = 8' })).toEqual(['other', 'size'])
  expect(kinds({ file: 'a = 1' }, { file: 'a = 1\nb = 2' })).toEqual(['other'])
  expect(
    kinds({ extra: undefined, nodes: 2, cidr: '10.0.0.0/16' }, { extra: 1, nodes: 3, cidr: '10.1.0.0/16' }),
  ).toEqual(['other', 'size', 'address'])
})
