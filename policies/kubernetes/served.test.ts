import { apps, core } from '@pulumi/kubernetes'
import { expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { stackOf } from '../../test/support/stack.ts'
import { podGroups } from './pod-groups.ts'
import { servedIn } from './served.ts'

const service = (selector: object | undefined, namespace = 'web') =>
  declared(core.v1.Service, 'service', { metadata: { namespace }, spec: { selector } })

it.each([
  ['a Service that selects them', service({ app: 'site' }), true],
  ['a Service that selects others', service({ app: 'mail' }), false],
  ['a Service of another namespace', service({ app: 'site' }, 'mail'), false],
  ['a Service that selects nobody', service({}), false],
  ['a Service without a selector', service(undefined), false],
])('by %s, pods are waited for: %s', (_what, one, expected) => {
  const template = { metadata: { labels: { app: 'site' } }, spec: { containers: [] } }
  const stack = stackOf(
    one,
    declared(apps.v1.Deployment, 'site', { metadata: { namespace: 'web' }, spec: { template } }),
  )
  const [group] = podGroups(stack)
  expect(group && servedIn(stack)(group)).toBe(expected)
})
