import { describe, expect, it } from 'vitest'
import { isPrivate } from './subnets.ts'

describe('isPrivate', () => {
  it.each([
    [{}, false],
    [{ prohibitInternetIngress: false }, false],
    [{ prohibitPublicIpOnVnic: false }, false],
    [{ prohibitInternetIngress: true }, true],
    [{ prohibitPublicIpOnVnic: true }, true],
    [{ prohibitInternetIngress: true, prohibitPublicIpOnVnic: true }, true],
  ])('of %j is %s', (subnet, is) => expect(isPrivate(subnet)).toBe(is))
})
