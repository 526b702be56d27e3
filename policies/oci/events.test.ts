import { events } from '@pulumi/oci'
import type { PolicyResource } from '@pulumi/policy'
import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { declared } from '../../test/support/rule.ts'
import { Stack } from '../rule/stack.ts'
import { untold } from './events.ts'

/** Types that nobody is told of where a rule has this pattern. */
function missing(pattern: string, ...types: string[]): string[] {
  const { name, urn, type, inputs } = declared(events.Rule, 'told', {
    compartmentId: 'ocid1.tenancy.oc1..example',
    isEnabled: true,
    conditionDetails: { eventTypes: [pattern] },
    actions: { action: [{ actionType: 'ONS', isEnabled: true }] },
  })
  const stack = new Stack([{ name, urn, type, props: inputs, propertyDependencies: {} } as unknown as PolicyResource])
  const subjects = types.map((one) => ({ of: one, control: 'CIS 4.8' as const, types: [one] }))
  return untold(stack, subjects, 'root').map((violation) => ('lacks' in violation ? violation.lacks : ''))
}

const part = fc.stringMatching(/^[a-z]{1,6}$/)

test('a star stands for any part of a type, and all else for itself', () => {
  fc.assert(
    fc.property(part, part, part, (service, begins, ends) => {
      const type = `${service}.${begins}${ends}`
      const pattern = `com.oraclecloud.${service}.${begins}`
      expect(missing(`${pattern}*`, type)).toEqual([])
      expect(missing(`${pattern}${ends}`, type)).toEqual([])
      expect(missing(pattern, type)).toHaveLength(1)
      expect(missing(`com.oraclecloud.${service}*${ends}`, type, `other.${ends}x`)).toHaveLength(1)
    }),
  )
})

test('a dot is no pattern', () => {
  expect(missing('com.oraclecloud.network.update', 'networkxupdate')).toHaveLength(1)
})
