import { describe, expect, test } from 'vitest'
import { type Exported, pendingIn, settled } from './pending.ts'

const urnOf = (type: string) => `urn:pulumi:dev::kura::${type}::thing`
const VCN = 'oci:Core/vcn:Vcn'
const KEY = 'oci:Identity/customerSecretKey:CustomerSecretKey'

/** A state in which resources of these types were being made. */
function interrupted(...types: string[]): Exported {
  return {
    version: 3,
    deployment: {
      resources: [{ urn: urnOf('parent'), type: 'parent' }],
      pending_operations: [
        { type: 'updating', resource: { urn: urnOf('other'), type: VCN } },
        ...types.map((type) => ({
          type: 'creating',
          resource: { urn: urnOf(type), type, inputs: { displayName: 'thing', secret: { ciphertext: 'v1:…' } } },
        })),
      ],
    },
  }
}

describe('what was being made', () => {
  test('is named as it is found in Oracle Cloud, and nothing else of it', () => {
    expect(pendingIn(interrupted(VCN))).toEqual([
      { urn: urnOf(VCN), type: VCN, called: { displayName: 'thing' }, isSpent: false },
    ])
  })

  test.each([
    'random:index/randomPassword:RandomPassword',
    'tls:index/privateKey:PrivateKey',
    'kubernetes:core/v1:Secret',
    'oci:Dns/rrset:Rrset',
  ])('need not be looked for where it is a %s', (type) => {
    expect(pendingIn(interrupted(type))).toMatchObject([{ harmless: expect.any(String) }])
    expect(settled(interrupted(type), {}).deployment.pending_operations).toEqual([])
  })

  test('must be looked for where a chart was being installed, since its name is taken then', () => {
    expect(pendingIn(interrupted('kubernetes:helm.sh/v3:Release'))[0]).not.toHaveProperty('harmless')
  })
})

describe('the mended state', () => {
  test('has what was found, with its inputs as they were asked for and secrets still encrypted', () => {
    const { deployment, version } = settled(interrupted(VCN), { [urnOf(VCN)]: 'ocid1.vcn.oc1..found' })
    const inputs = { displayName: 'thing', secret: { ciphertext: 'v1:…' } }
    expect(version).toBe(3)
    expect(deployment.pending_operations).toEqual([])
    expect(deployment.resources).toEqual([
      { urn: urnOf('parent'), type: 'parent' },
      { urn: urnOf(VCN), type: VCN, id: 'ocid1.vcn.oc1..found', inputs, outputs: inputs },
    ])
  })

  test('has both where one was to take the place of another, of which the engine then ends the other', () => {
    const before = { urn: urnOf(VCN), type: VCN, id: 'ocid1.vcn.oc1..before' }
    const exported = interrupted(VCN)
    exported.deployment.resources.push(before)
    const { deployment } = settled(exported, { [urnOf(VCN)]: 'ocid1.vcn.oc1..found' })
    expect(deployment.resources.slice(1)).toMatchObject([{ ...before, delete: true }, { id: 'ocid1.vcn.oc1..found' }])
    expect(settled(exported, { [urnOf(VCN)]: null }).deployment.resources[1]).toEqual(before)
  })

  test('has nothing of what was not made', () => {
    expect(settled(interrupted(VCN), { [urnOf(VCN)]: null }).deployment.resources).toHaveLength(1)
  })

  test('is refused before everything was looked for', () => {
    expect(() => settled(interrupted(VCN), {})).toThrow(`${urnOf(VCN)}: look for it`)
  })

  test('is refused where something was found that nobody was making', () => {
    expect(() => settled(interrupted(), { [urnOf(VCN)]: 'ocid1.vcn.oc1..found' })).toThrow('is not pending')
  })

  test('is refused with a key whose secret nobody knows any more', () => {
    expect(() => settled(interrupted(KEY), { [urnOf(KEY)]: 'key' })).toThrow(/remove it in Oracle Cloud/)
    expect(settled(interrupted(KEY), { [urnOf(KEY)]: null }).deployment.resources).toHaveLength(1)
  })
})
