import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { isAnywhere, Opening, TCP, UDP } from './ports.ts'

const port = fc.integer({ min: 1, max: 65_535 })
const range = fc.tuple(port, port).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))

describe('Opening', () => {
  it('reaches the ports of its range and no other, as a rule of a group and of a list', () => {
    fc.assert(
      fc.property(range, port, ({ min, max }, port) => {
        const inside = min <= port && port <= max
        const ofGroup = new Opening({ protocol: '6', tcpOptions: { destinationPortRange: { min, max } } }, 'ingress')
        const ofList = new Opening({ protocol: '6', tcpOptions: { min, max } }, 'ingress')
        expect([ofGroup.reaches(port, TCP), ofList.reaches(port, TCP)]).toEqual([inside, inside])
      }),
    )
  })

  it('reaches both ends of its range', () => {
    const opening = new Opening({ protocol: '17', udpOptions: { min: 22, max: 25 } }, 'ingress')
    expect([21, 22, 25, 26].map((port) => opening.reaches(port, UDP))).toEqual([false, true, true, false])
  })

  it.each([
    ['no options', {}],
    ['options without a range', { tcpOptions: {} }],
    ['a range of the other end alone', { tcpOptions: { sourcePortRange: { min: 1, max: 9 } } }],
    ['a range of zeros, as providers answer for none', { tcpOptions: { min: 0, max: 0 } }],
    ['options of another protocol', { udpOptions: { min: 53, max: 53 } }],
  ])('reaches every port with %s', (_, options) => {
    const opening = new Opening({ protocol: '6', ...options }, 'ingress')
    fc.assert(fc.property(port, (port) => opening.reaches(port, TCP)))
  })

  it('reaches every port by every protocol, whatever its options say', () => {
    for (const protocol of ['all', 'ALL']) {
      const opening = new Opening({ protocol, tcpOptions: { min: 80, max: 80 } }, 'ingress')
      expect([opening.reaches(22, TCP), opening.reaches(3389, UDP)]).toEqual([true, true])
    }
  })

  it.each(['1', '58', '47', '50'])('reaches no port by protocol %s, which has none', (protocol) =>
    expect(new Opening({ protocol }, 'ingress').reaches(22, TCP, UDP)).toBe(false),
  )

  it('has a range for each protocol that it lets through', () => {
    const ranges = (protocol: string) => new Opening({ protocol, udpOptions: { min: 53, max: 53 } }, 'egress').ranges
    const all = { min: 1, max: 65_535 }
    expect([ranges('1'), ranges('17'), ranges('all')]).toEqual([[], [{ min: 53, max: 53 }], [all, all]])
  })

  it('does not take TCP for UDP', () => {
    expect(new Opening({ protocol: '6' }, 'ingress').reaches(22, UDP)).toBe(false)
  })

  it('looks at the source of what comes in and at the destination of what goes out', () => {
    const rule = { source: '0.0.0.0/0', destination: '10.0.0.0/16' }
    const [ingress, egress] = [new Opening(rule, 'ingress'), new Opening(rule, 'egress', 'egressSecurityRules[2].')]
    expect([ingress.at, ingress.anywhere, egress.at, egress.anywhere]).toEqual([
      'source',
      true,
      'egressSecurityRules[2].destination',
      false,
    ])
  })

  it('is not open to anywhere by the name of a service or a group', () => {
    for (const sourceType of ['SERVICE_CIDR_BLOCK', 'NETWORK_SECURITY_GROUP'])
      expect(new Opening({ source: 'all-nrt-services', sourceType }, 'ingress').anywhere).toBe(false)
  })
})

describe('isAnywhere', () => {
  it('takes every range wider than a /8 of IPv4 for everybody, and no other', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        expect(isAnywhere(`${address}/${bits}`)).toBe(bits < 8)
      }),
    )
  })

  it('takes every range wider than a /16 of IPv6 for everybody, except local ones', () => {
    const word = fc.integer({ min: 0, max: 0xffff }).map((word) => word.toString(16))
    fc.assert(
      fc.property(word, fc.integer({ min: 0, max: 128 }), (first, bits) => {
        const local = Number.parseInt(first, 16) >> 9 === 0xfc00 >> 9
        expect(isAnywhere(`${first}::/${bits}`)).toBe(bits < 16 && !(local && bits >= 7))
      }),
    )
  })

  it.each([
    '0.0.0.0/0',
    '::/0',
    '0:0:0:0:0:0:0:0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '2000::/3',
    ' 0.0.0.0/0 ',
    '',
    undefined,
  ])('is %j', (range) => expect(isAnywhere(range)).toBe(true))

  it.each([
    '10.0.0.0/8',
    '192.0.2.1',
    '0.0.0.0/32',
    'fc00::/7',
    'fd12:3456::/48',
    'oci-nrt-objectstorage',
    'ocid1.vcn.oc1.ap-tokyo-1.example',
  ])('is not %s', (range) => expect(isAnywhere(range)).toBe(false))
})
