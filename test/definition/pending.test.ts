import { expect, test } from 'vitest'
import { evaluate, reveal } from '../../tools/evaluate/index.ts'
import { pendingIn } from '../../tools/pending/pending.ts'
import { STACKS } from './stacks.ts'

test.each(STACKS)(
  'whatever of %s was being made when `up` was interrupted can be told from everything else',
  async (stack) => {
    // With versions of keys, which a new stack does not have.
    const evaluation = await evaluate({ stack, changes: { keys: { rotations: 1 } } })
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
