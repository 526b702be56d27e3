import { core, waf } from '@pulumi/oci'
import type { PolicyResource } from '@pulumi/policy'
import { describe, expect, it } from 'vitest'
import { Stack } from '../rule/stack.ts'
import { linkedTo } from './links.ts'

const resource = (type: string, name: string, propertyDependencies: Record<string, { urn: string }[]> = {}) =>
  ({ type, name, urn: name, props: {}, propertyDependencies }) as unknown as PolicyResource

describe('linkedTo', () => {
  const firewall = resource('oci:Waf/appFirewall:AppFirewall', 'firewall', { loadBalancerId: [{ urn: 'door' }] })
  const other = resource('oci:Waf/appFirewall:AppFirewall', 'other', { compartmentId: [{ urn: 'door' }] })
  const stack = new Stack([firewall, other])
  const names = (...[target, kind, property]: [string, Parameters<typeof linkedTo>[2], string]) =>
    linkedTo(stack, { urn: target }, kind, property).map(({ name }) => name)

  it('finds resources of the kind whose property comes from the target', () => {
    expect(names('door', waf.AppFirewall, 'loadBalancerId')).toEqual(['firewall'])
  })

  it('finds none of another target, kind or property', () => {
    expect(names('window', waf.AppFirewall, 'loadBalancerId')).toEqual([])
    expect(names('door', core.Subnet, 'loadBalancerId')).toEqual([])
    expect(names('door', waf.AppFirewall, 'nothing')).toEqual([])
  })
})
