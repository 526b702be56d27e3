import { describe, expect, test } from 'vitest'
import { made, part } from '../../test/support/declaration.ts'
import { fc } from '../../test/support/property.ts'
import { type CapturedResource, Secret } from '../evaluate/index.ts'
import { type Change, compareStacks } from './change.ts'

const compared = (before: CapturedResource[], after: CapturedResource[]) =>
  compareStacks({ stack: 'made', resources: before }, { stack: 'made', resources: after })
const told = (changes: Change[]) =>
  changes.map(({ kind, name, formerly }) => `${kind} ${name}${formerly ? ` (${formerly})` : ''}`)

const BUCKET = 'oci:ObjectStorage/bucket:Bucket'
const bucket = (name: string, inputs: Record<string, unknown> = {}) => made(BUCKET, name, { name, ...inputs })
const configMap = (name: string, data: Record<string, unknown>) =>
  made('kubernetes:core/v1:ConfigMap', name, { metadata: { name, namespace: 'apps' }, data })

describe('a resource', () => {
  test('is added, removed or changed by its URN', () => {
    const before = [part('kura-part'), bucket('a'), bucket('b', { versioning: 'Enabled' })]
    const after = [part('kura-part'), bucket('b', { versioning: 'Suspended' }), bucket('c')]
    const changes = compared(before, after)
    expect(told(changes)).toEqual(['added c', 'changed b', 'removed a'])
    expect(changes[1]).toMatchObject({ part: 'kura-part', properties: [{ path: 'versioning' }], options: [] })
  })

  test('changes by its options too', () => {
    const changes = compared([{ ...bucket('a'), protect: true }], [{ ...bucket('a'), ignoreChanges: ['name'] }])
    expect(changes[0]?.options.map(({ path }) => path)).toEqual(['protect', 'ignoreChanges'])
  })

  test('does not change by what it ignores', () => {
    const ignoring = { ignoreChanges: ['name'] }
    expect(
      compared([bucket('a')], [{ ...bucket('a', { name: 'x' }), ...ignoring }]).flatMap((one) => one.properties),
    ).toEqual([])
  })

  test('that an alias names is renamed, and what uses it stays', () => {
    const user = (id: string, urn: string) => ({
      ...configMap('user', { id: `of ${id}` }),
      propertyDependencies: { data: [urn] },
    })
    const [old, now] = [bucket('old', { name: 'x' }), bucket('now', { name: 'x' })]
    const aliased = { ...now, aliases: [old.urn] }
    expect(told(compared([old, user(old.id, old.urn)], [aliased, user(now.id, now.urn)]))).toEqual([
      'changed now (old)',
    ])
    expect(told(compared([old], [now]))).toEqual(['added now', 'removed old'])
  })

  test('is renamed with its component, also where the SDK does not say so', () => {
    const tree = (name: string, aliases: string[] = []) => {
      const top = { ...part(name), aliases }
      const inner = {
        ...part(`${name}-inner`),
        urn: `${top.urn.replace(/::[^:]*$/, '')}$kura:cluster:Part::${name}-inner`,
        parent: top.urn,
      }
      const leaf = {
        ...bucket(`${name}-inner-leaf`, { name: 'x' }),
        urn: `${inner.urn.replace(/::[^:]*$/, '')}$${BUCKET}::${name}-inner-leaf`,
        parent: inner.urn,
      }
      return [top, inner, leaf]
    }
    const before = tree('kura-old')
    const after = tree('kura-new', [before[0]?.urn ?? ''])
    expect(told(compared(before, after))).toEqual(['changed kura-new-inner-leaf (kura-old-inner-leaf)'])
  })
})

describe('a resource is made anew', () => {
  const replacement = (before: CapturedResource[], after: CapturedResource[]) =>
    compared(before, after).flatMap(({ name, replacement: found }) =>
      found ? [`${name} ${found.certain ? 'is' : 'may be'}: ${found.because.join('; ')}`] : [],
    )

  test('by what cannot change in place', () => {
    expect(replacement([bucket('a')], [bucket('a', { name: 'x' })])).toEqual(['a is: name has changed'])
    expect(replacement([bucket('a')], [bucket('a', { versioning: 'Enabled' })])).toEqual([])
    const deployment = (selector: string) =>
      made('kubernetes:apps/v1:Deployment', 'web', {
        metadata: { name: 'web' },
        spec: { selector: { matchLabels: { app: selector } } },
      })
    expect(replacement([deployment('a')], [deployment('b')])).toEqual([
      'web is: spec.selector.matchLabels.app has changed',
    ])
    expect(replacement([configMap('a', { x: '1' })], [configMap('a', { x: '2' })])).toEqual([])
    const fixed = (x: string) => ({
      ...configMap('a', { x }),
      inputs: { metadata: { name: 'a' }, immutable: true, data: { x } },
    })
    expect(replacement([fixed('1')], [fixed('2')])).toEqual(['a is: data.x has changed'])
  })

  test('by what replaceOnChanges names', () => {
    const job = (spec: unknown) => ({
      ...made('kubernetes:example/v1:Thing', 'job', { spec }),
      replaceOnChanges: ['spec'],
    })
    expect(replacement([job({ a: 1 })], [job({ a: 2 })])).toEqual([
      'job is: spec.a has changed, and replaceOnChanges names it',
    ])
  })

  test('perhaps, by what Oracle does not mark as updatable', () => {
    const nat = (inputs: object) => made('oci:Core/natGateway:NatGateway', 'nat', { ...inputs })
    expect(replacement([nat({ vcnId: 'a', displayName: 'x' })], [nat({ vcnId: 'b', displayName: 'y' })])).toEqual([
      'nat may be: vcnId has changed',
    ])
  })

  test('because something that it comes from is, but not by what that keeps', () => {
    const vcn = (dnsLabel: string) => made('oci:Core/vcn:Vcn', 'vcn', { dnsLabel })
    const uses = (type: string, name: string, inputs: Record<string, unknown>, key: string, of: CapturedResource) => ({
      ...made(type, name, inputs),
      propertyDependencies: { [key]: [of.urn] },
    })
    const stack = (label: string) => {
      const network = vcn(label)
      const subnet = uses('oci:Core/subnet:Subnet', 'subnet', { vcnId: network.id }, 'vcnId', network)
      const files = uses(
        'oci:FileStorage/mountTarget:MountTarget',
        'files',
        { subnetId: subnet.id },
        'subnetId',
        subnet,
      )
      const told = uses(
        'kubernetes:core/v1:ConfigMap',
        'told',
        { metadata: { name: 'told' }, data: { id: network.id } },
        'data',
        network,
      )
      const labelled = uses(
        'kubernetes:core/v1:ConfigMap',
        'labelled',
        { metadata: { name: 'x' }, data: { x: 'y' } },
        'data',
        network,
      )
      return [network, subnet, files, told, labelled]
    }
    expect(replacement(stack('a'), stack('b'))).toEqual([
      'vcn is: dnsLabel has changed',
      'subnet is: vcnId comes from vcn, which is replaced',
      'files is: subnetId comes from subnet, which is replaced',
    ])
    const changed = compared(stack('a'), stack('b')).filter(({ kind }) => kind === 'changed')
    expect(changed.map(({ name, properties }) => [name, properties[0]?.lines])).toEqual([
      ['told', ['comes from vcn, which is replaced']],
    ])
  })

  test('for several causes, all of them, or how many more', () => {
    const password = (name: string, length: number) =>
      made('random:index/randomPassword:RandomPassword', name, { length })
    const stack = (names: string, length: number, immutable = true) => {
      const passwords = [...names].map((name) => password(name, length))
      return [
        ...passwords,
        {
          ...made('kubernetes:core/v1:Secret', 'secret', {
            metadata: { name: 'secret' },
            immutable,
            stringData: Object.fromEntries(passwords.map(({ name, id }) => [name, id])),
          }),
          propertyDependencies: { stringData: passwords.map(({ urn }) => urn) },
        },
      ]
    }
    const last = (names: string) => replacement(stack(names, 1), stack(names, 2)).at(-1)
    expect(last('ab')).toBe(
      'secret is: stringData.a comes from a, which is replaced; stringData.b comes from b, which is replaced',
    )
    expect(last('abcdef')).toMatch(/^secret is: stringData.a [^;]*; [^;]*; stringData.c [^;]*; and 3 others$/)
    const inPlace = compared(stack('ab', 1, false), stack('ab', 2, false)).find(({ name }) => name === 'secret')
    expect(inPlace?.properties).toMatchObject([
      { path: 'stringData', lines: ['comes from a, which is replaced', 'comes from b, which is replaced'] },
    ])
  })

  test('where addresses in use get another range', () => {
    const subnet = (cidrBlock: string) => made('oci:Core/subnet:Subnet', 'nodes', { cidrBlock })
    const vcn = (block: string) => made('oci:Core/vcn:Vcn', 'vcn', { cidrBlocks: [block] })
    expect(replacement([subnet('10.0.0.0/24')], [subnet('10.0.1.0/24')])).toEqual(['nodes is: cidrBlock has changed'])
    expect(replacement([vcn('10.0.0.0/16')], [vcn('10.1.0.0/16')])).toEqual(['vcn is: cidrBlocks has changed'])
  })

  test('because its provider is, or is another', () => {
    const provider = (clusterIdentifier: string) =>
      made('pulumi:providers:kubernetes', 'cluster', { clusterIdentifier, kubeconfig: new Secret(clusterIdentifier) })
    const inside = (of: CapturedResource) => ({ ...configMap('a', { x: 'y' }), provider: `${of.urn}::id` })
    expect(replacement([provider('1'), inside(provider('1'))], [provider('2'), inside(provider('2'))])).toEqual([
      'cluster is: clusterIdentifier has changed',
      'a is: it is made by cluster, which is replaced',
    ])
    const other = made('pulumi:providers:kubernetes', 'other', {})
    expect(replacement([inside(provider('1'))], [inside(other)])).toEqual(['a may be: its provider is another'])
  })
})

describe('whatever the stacks', () => {
  const resource = fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constantFrom(bucket, (name: string, inputs: Record<string, unknown>) => configMap(name, inputs)),
      inputs: fc.dictionary(fc.constantFrom('versioning', 'storageTier', 'x'), fc.constantFrom('1', '2')),
      protect: fc.boolean(),
    })
    .map(({ name, kind, inputs, protect }) => ({ ...kind(name, inputs), protect }))
  const stack = fc.uniqueArray(resource, { selector: ({ urn }) => urn })

  test('nothing becomes of one that stays', () => {
    fc.assert(
      fc.property(stack, (resources) => {
        expect(compared(resources, structuredClone(resources))).toEqual([])
      }),
    )
  })

  test('one way adds what the other way removes, and changes what it changes', () => {
    const mirror = { added: 'removed', removed: 'added', changed: 'changed', replaced: 'replaced' }
    fc.assert(
      fc.property(stack, stack, (one, other) => {
        const there = compared(one, other).map(({ kind, urn }) => `${kind} ${urn}`)
        const back = compared(other, one).map(({ kind, urn }) => `${mirror[kind]} ${urn}`)
        expect(there.toSorted()).toEqual(back.toSorted())
      }),
    )
  })
})
