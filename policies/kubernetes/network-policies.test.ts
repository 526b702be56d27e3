import { describe, expect, it } from 'vitest'
import { isolates, openTo, passages } from './network-policies.ts'

const EVERYWHERE = { ipBlock: { cidr: '0.0.0.0/0' } }

const EVERY = 'every address'
const ZERO = '0.0.0.0/0'

describe('a passage', () => {
  it.each([
    ['of everybody at every port', [], [], EVERY],
    ['of everybody at one port', [], [{ port: 443 }], undefined],
    ['of every address', [EVERYWHERE], [], ZERO],
    ['of every address of the second kind', [{ ipBlock: { cidr: '::/0' } }], [], '::/0'],
    [
      'of every address but some',
      [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }],
      [],
      `${ZERO} without 10.0.0.0/8`,
    ],
    ['of every address among others', [{ podSelector: {} }, EVERYWHERE], [], ZERO],
    ['of half of all addresses', [{ ipBlock: { cidr: '128.0.0.0/1' } }], [], '128.0.0.0/1'],
    ['of more than a network', [{ ipBlock: { cidr: '10.0.0.0/7' } }], [], '10.0.0.0/7'],
    ['of the widest network', [{ ipBlock: { cidr: '10.0.0.0/8' } }], [], undefined],
    ['of the widest network of the second kind', [{ ipBlock: { cidr: '2001::/16' } }], [], undefined],
    ['of what is no range', [{ ipBlock: { cidr: '10.0.0.1' } }], [], undefined],
    ['of every pod', [{ namespaceSelector: {} }], [], undefined],
    ['at every port of a protocol', [EVERYWHERE], [{ protocol: 'UDP' }], ZERO],
    ['at one port of several and one of every', [EVERYWHERE], [{ port: 443 }, { protocol: 'TCP' }], ZERO],
    ['at every port by their numbers', [EVERYWHERE], [{ port: 1, endPort: 65_535 }], ZERO],
    ['at every port from zero', [EVERYWHERE], [{ port: 0, endPort: 65_535 }], ZERO],
    ['at every port but the first', [EVERYWHERE], [{ port: 2, endPort: 65_535 }], undefined],
    ['at every port but the last', [EVERYWHERE], [{ port: 1, endPort: 65_534 }], undefined],
    ['at a port by its name', [EVERYWHERE], [{ port: 'web' }], undefined],
  ])('%s', (_what, peers, ports, open) => {
    expect(openTo({ peers, ports })).toBe(open)
  })

  it('bears its place and its direction', () => {
    const spec = { podSelector: {}, ingress: [{ from: [EVERYWHERE] }], egress: [{}, { ports: [{ port: 53 }] }] }
    expect(passages(spec)).toEqual([
      { at: 'spec.ingress[0]', direction: 'Ingress', peers: [EVERYWHERE], ports: [] },
      { at: 'spec.egress[0]', direction: 'Egress', peers: [], ports: [] },
      { at: 'spec.egress[1]', direction: 'Egress', peers: [], ports: [{ port: 53 }] },
    ])
  })
})

describe('a policy isolates', () => {
  it.each([
    ['what it says', { policyTypes: ['Egress'] }, ['Egress']],
    ['both', { policyTypes: ['Egress', 'Ingress'] }, ['Ingress', 'Egress']],
    ['what comes in, where it says nothing', {}, ['Ingress']],
    ['what goes out as well, where it lists that', { policyTypes: [], egress: [{}] }, ['Ingress', 'Egress']],
    ['what comes in alone, where it lists nothing', { egress: [] }, ['Ingress']],
  ])('%s', (_what, spec, expected) => {
    expect(isolates({ podSelector: {}, ...spec })).toEqual(expected)
  })
})
