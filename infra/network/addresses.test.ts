import { BlockList } from 'node:net'
import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { neighbours, overlap, shareOut } from './addresses.ts'
import { SUBNETS, subnetRanges } from './subnets.ts'

const prefixes = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer({ min: 20, max: 30 }), { maxKeys: 16 })

/** Both ends of a range, by arithmetic that shares nothing with the code under test. */
function ends(range: string): [bigint, bigint] {
  const [address = '', prefix = ''] = range.split('/')
  const first = BigInt(
    `0x${address
      .split('.')
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('')}`,
  )
  return [first, first + (1n << BigInt(32 - Number(prefix))) - 1n]
}

test('parts never overlap, keep their size, are aligned to it and stay inside the range', () => {
  fc.assert(
    fc.property(prefixes, (wanted) => {
      const inside = new BlockList()
      inside.addSubnet('10.32.0.0', 14)
      const shares = Object.entries(shareOut('10.32.0.0/14', wanted))
      const ranges = shares.map(([, share]) => ends(share)).sort(([a], [b]) => (a < b ? -1 : 1))
      for (const [name, share] of shares) {
        expect(share).toMatch(new RegExp(`/${wanted[name]}$`))
        const [first, last] = ends(share)
        expect(first % (last - first + 1n)).toBe(0n)
        expect(inside.check(share.split('/')[0] ?? '')).toBe(true)
      }
      for (const [index, [first]] of ranges.entries())
        if (index > 0) expect(first > (ranges[index - 1]?.[1] ?? 0n)).toBe(true)
    }),
  )
})

test('a part added at the end moves none of the others', () => {
  fc.assert(
    fc.property(prefixes, fc.integer({ min: 20, max: 30 }), (wanted, prefix) => {
      const before = shareOut('10.32.0.0/14', wanted)
      expect(shareOut('10.32.0.0/14', { ...wanted, 'the new one': prefix })).toMatchObject(before)
    }),
  )
})

test('a part that does not fit is named', () => {
  expect(() => shareOut('10.0.0.0/24', { first: 25, second: 25, third: 28 })).toThrow(
    '10.0.0.0/24 has no room left for third (/28)',
  )
})

test('ranges overlap when they share an address', () => {
  expect(overlap('10.0.0.0/16', '10.0.255.0/24')).toBe(true)
  expect(overlap('10.0.0.0/16', '10.1.0.0/16')).toBe(false)
})

test('two ends of a connection are different addresses of one range', () => {
  expect(neighbours('169.254.10.1/30', '169.254.10.2/30')).toBe(true)
  expect(neighbours('169.254.10.1/30', '169.254.10.1/30')).toBe(false)
  expect(neighbours('169.254.10.1/30', '169.254.10.5/30')).toBe(false)
  expect(neighbours('169.254.10.1/30', '169.254.10.2/29')).toBe(false)
})

test('the subnets fill a /18, and no smaller network holds them', () => {
  expect(subnetRanges('10.0.0.0/18')).toEqual({
    endpoint: '10.0.0.0/28',
    bastion: '10.0.0.16/28',
    delivery: '10.0.0.32/28',
    files: '10.0.0.64/26',
    dataNodes: '10.0.0.128/25',
    loadBalancers: '10.0.1.0/24',
    nodes: '10.0.2.0/23',
    pods: '10.0.32.0/19',
  })
  expect(() => subnetRanges('10.0.0.0/19')).toThrow('10.0.0.0/19 has no room left for pods (/19)')
})

test('a subnet added at the end moves none of those that are there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 17 }), fc.integer({ min: 20, max: 30 }), (whole, prefix) => {
      const before = subnetRanges(`10.0.0.0/${whole}`)
      expect(shareOut(`10.0.0.0/${whole}`, { ...SUBNETS, 'the new one': prefix })).toMatchObject(before)
    }),
  )
})
