import { expect, test } from 'vitest'
import { reveal } from '../../tools/evaluate/index.ts'
import { pendingIn } from '../../tools/pending/pending.ts'
import { evaluateStacks, STACKS } from './stacks.ts'

test.each(STACKS)(
  'whatever of %s was being made when `up` was interrupted can be told from everything else',
  async (stack) => {
    const { [stack]: evaluation } = await evaluateStacks()
    const making = evaluation.resources
      .filter(({ type }) => type.startsWith('oci:'))
      .map(({ urn, type, inputs }) => ({
        type: 'creating',
        resource: { urn, type, inputs: reveal(inputs) as Record<string, unknown> },
      }))
    const asked = pendingIn({ deployment: { resources: [], pending_operations: making } }).filter(
      ({ harmless }) => harmless === undefined,
    )
    expect(asked.length).toBeGreaterThan(200)
    const alike = Map.groupBy(asked, ({ type, called }) => JSON.stringify([type, called]))
    expect([...alike.values()].filter((some) => some.length > 1).map((some) => some.map(({ urn }) => urn))).toEqual([])
  },
)
