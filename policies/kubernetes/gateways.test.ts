import { expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { stackOf } from '../../test/support/stack.ts'
import { envoyOf, GATEWAY, HTTP_ROUTE, redirects } from './gateways.ts'
import { ENVOY_PROXY } from './operators.ts'

const LISTENER = { name: 'plain', port: 80, protocol: 'HTTP' }
const resource = declared(GATEWAY, 'gateway', {
  metadata: { name: 'edge', namespace: 'web' },
  spec: { infrastructure: { parametersRef: { kind: 'EnvoyProxy', name: 'proxies' } }, listeners: [LISTENER] },
})
const route = (parent: object, ...schemes: (string | undefined)[]) =>
  declared(HTTP_ROUTE, 'route', {
    metadata: { namespace: 'web' },
    spec: {
      parentRefs: [{ name: 'edge', ...parent }],
      rules: schemes.map((scheme) => ({ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme } }] })),
    },
  })
const judged = (...routes: ReturnType<typeof route>[]) => {
  const stack = stackOf(resource, ...routes)
  const [gateway] = stack.of(GATEWAY)
  return gateway && redirects(stack, gateway, LISTENER)
}

it.each([
  ['no route', [], false],
  ['a route that redirects', [route({}, 'https')], true],
  ['a route of that listener', [route({ sectionName: 'plain' }, 'https')], true],
  ['a route of that port', [route({ port: 80 }, 'https')], true],
  ['a route of another port', [route({ port: 81 }, 'https')], false],
  ['a route of another listener', [route({ sectionName: 'tls' }, 'https')], false],
  ["a route of another namespace's Gateway", [route({ namespace: 'mail' }, 'https')], false],
  ['a route without rules', [route({})], false],
  ['one rule that does not', [route({}, 'https', undefined)], false],
  ['one route that does not', [route({}, 'https'), route({}, 'http')], false],
  ['one that is not its own', [route({}, 'https'), route({ sectionName: 'tls' }, undefined)], true],
])('with %s, a listener sends everything on: %s', (_what, routes, expected) => {
  expect(judged(...routes)).toBe(expected)
})

it("a Gateway's proxies are those that it names, in its namespace", () => {
  const proxy = (name: string, namespace: string) =>
    declared(ENVOY_PROXY, `${namespace}-${name}`, { metadata: { name, namespace } })
  const stack = stackOf(resource, proxy('other', 'web'), proxy('proxies', 'mail'), proxy('proxies', 'web'))
  const [gateway] = stack.of(GATEWAY)
  expect(gateway && envoyOf(stack, gateway)?.name).toBe('web-proxies')
})
