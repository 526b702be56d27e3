import { expect, test } from 'vitest'
import { type CapturedResource, type LookUp, Secret } from '../../tools/evaluate/index.ts'
import { resourceOf } from '../support/resource.ts'
import { exposed, halfKnown } from './gates.ts'

const made = (given: Partial<CapturedResource> & Pick<CapturedResource, 'type' | 'name'>): CapturedResource =>
  resourceOf({ urn: `urn:pulumi:dev::kura::${given.type}::${given.name}`, ...given })

test.each([
  ['an undefined value', 'https://undefined.example/'],
  ['an object', 'the cluster [object Object]'],
  ['a number that is none', 'NaNMi'],
  ['an output', 'Calling [toString] on an [Output<T>] is not supported'],
  ['an unknown of a preview', '04da6b54-80e4-46f7-96ec-b56ff0331ba9'],
])('a text made from %s is found, in a secret too', (_, text) => {
  const plain = made({ type: 'oci:Core/vcn:Vcn', name: 'kura-a', inputs: { tags: [{ key: text }] } })
  const secret = made({ type: 'oci:Core/vcn:Vcn', name: 'kura-b', inputs: { key: new Secret({ inner: text }) } })
  expect(halfKnown([plain, secret])).toEqual([`kura-a.inputs.tags.0.key: ${text}`, `kura-b.inputs.key.inner: ${text}`])
  expect(halfKnown([made({ type: 'oci:Core/vcn:Vcn', name: 'kura-c', inputs: { key: 'undefinedness' } })])).toEqual([])
})

test('a secret that can be read is found: plain, encoded, in a log, looked up, or not marked by its generator', () => {
  const generator = made({
    type: 'random:index/randomPassword:RandomPassword',
    name: 'kura-password',
    outputs: { length: 8, result: new Secret('open sesame') },
  })
  const hidden = made({ type: 'kubernetes:core/v1:Secret', name: 'hidden', inputs: { key: new Secret('open sesame') } })
  const found = (resources: CapturedResource[], logs: string[] = [], lookUps: LookUp[] = []) =>
    exposed({
      resources: [generator, ...resources],
      outputs: {},
      lookUps,
      logs: logs.map((message) => ({ severity: 'info', message, urn: '' })),
    })
  expect(found([hidden])).toEqual([])
  const plain = made({ type: 'kubernetes:core/v1:ConfigMap', name: 'plain', inputs: { data: 'an open sesame!' } })
  const encoded = made({
    type: 'kubernetes:core/v1:Secret',
    name: 'encoded',
    inputs: { data: Buffer.from('open sesame').toString('base64') },
  })
  expect(found([hidden, plain, encoded], ['said open sesame'])).toEqual(['plain', 'encoded', 'logs'])
  const bundle = (text: string): LookUp => ({
    token: 'oci:Secrets/getSecretbundle:getSecretbundle',
    answer: { secretId: 'an id', secretBundleContents: [{ content: Buffer.from(text).toString('base64') }] },
  })
  const inside = made({ type: 'kubernetes:core/v1:ConfigMap', name: 'inside', inputs: { data: 'key = tulip' } })
  expect(found([inside], [], [bundle('{"key": "tulip"}')])).toEqual(['inside'])
  expect(found([inside], [], [bundle('key = tulip')])).toEqual(['inside'])
  expect(found([inside], [], [{ token: 'sample:index:getThing', answer: { key: 'tulip' } }])).toEqual([])
  const careless = made({ ...generator, name: 'careless', outputs: { result: 'something' } })
  expect(found([careless])).toEqual(['careless does not mark what it generates'])
})
