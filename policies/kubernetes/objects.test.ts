import { core } from '@pulumi/kubernetes'
import { expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { stackOf } from '../../test/support/stack.ts'
import { namespaceOf, objectName } from './objects.ts'

const map = (metadata: object | undefined, provider?: object) => {
  const [found] = stackOf(declared(core.v1.ConfigMap, 'resource', { metadata })).of(core.v1.ConfigMap)
  if (!found) throw new Error('none')
  Object.assign(found.resource, { provider })
  return found
}

it.each([
  ['its own', { namespace: 'web' }, undefined, 'web'],
  ["its provider's", {}, { props: { namespace: 'tools' } }, 'tools'],
  ["its own before its provider's", { namespace: 'web' }, { props: { namespace: 'tools' } }, 'web'],
  ['the default', undefined, { props: {} }, 'default'],
  ['the default where an empty one is named', { namespace: '' }, undefined, 'default'],
])('the namespace of a resource is %s', (_what, metadata, provider, expected) => {
  expect(namespaceOf(map(metadata, provider))).toBe(expected)
})

it('an object bears its own name, or begins with that of its resource', () => {
  expect(objectName(map({ name: 'object' }))).toBe('object')
  expect(objectName(map({}))).toBe('resource')
})
