import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../setup/folder.ts'
import { oci } from './stand-ins/oci.ts'
import { type Properties, type StandIn, UNKNOWN } from './stand-ins/stand-in.ts'

let place: Awaited<ReturnType<typeof temporaryFolder>>
let provider: StandIn
beforeAll(async () => {
  place = await temporaryFolder()
  provider = oci('4.20.0', place.folder, { latency: 0 })
})
afterAll(() => place?.remove())

const VCN = 'oci:Core/vcn:Vcn'
const BUCKET = 'oci:ObjectStorage/bucket:Bucket'
const asked = (type: string, name = 'thing') => ({ urn: `urn:pulumi:dev::kura::${type}::${name}`, type, name })
const faults = async (type: string, inputs: Properties) => (await provider.check({ ...asked(type), inputs })).failures
const create = (type: string, inputs: Properties, preview = false) =>
  provider.create({ ...asked(type), inputs, preview, timeout: 0 })

test("inputs are held against the types of Oracle's provider, nested ones too", async () => {
  expect(await faults(VCN, { compartmentId: 'c', cidrBlocks: ['10.0.0.0/16'] })).toEqual([])
  expect(await faults(VCN, { cidrBlocks: '10.0.0.0/16', cidrBlok: 'x', isIpv6enabled: 1 })).toEqual([
    { property: 'compartmentId', reason: 'is required' },
    { property: 'cidrBlocks', reason: 'is not a list' },
    { property: 'cidrBlok', reason: 'is not declared' },
    { property: 'isIpv6enabled', reason: 'is not a boolean' },
  ])
  const attachment = { drgId: 'd', networkDetails: { id: 'v', typ: 'VCN' } }
  expect(await faults('oci:Core/drgAttachment:DrgAttachment', attachment)).toEqual([
    { property: 'networkDetails.type', reason: 'is required' },
    { property: 'networkDetails.typ', reason: 'is not declared' },
  ])
  expect(await faults('oci:Core/vpc:Vpc', {})).toMatchObject([{ reason: expect.stringContaining('no type') }])
})

test('what is not known yet may be anything, and what the provider adds is not known in a preview', async () => {
  expect(await faults(VCN, { compartmentId: UNKNOWN, cidrBlocks: UNKNOWN })).toEqual([])
  const { outputs } = await create(VCN, { compartmentId: 'c' }, true)
  expect(outputs).toMatchObject({ compartmentId: 'c', defaultRouteTableId: UNKNOWN })
})

test('two that are asked for alike both exist, but for what there may be once', async () => {
  const [one, two] = [await create(VCN, { compartmentId: 'c' }), await create(VCN, { compartmentId: 'c' })]
  expect(one.id).not.toBe(two.id)
  await create(BUCKET, { namespace: 'n', name: 'b' })
  await expect(create(BUCKET, { namespace: 'n', name: 'b' })).rejects.toThrow(
    '409-Conflict: there is a Bucket b already',
  )
})

test('only what the table of immutable inputs names is said to replace a resource', async () => {
  const diff = (type: string, oldInputs: Properties, inputs: Properties) =>
    provider.diff({ ...asked(type), oldInputs, inputs })
  const before = { name: 'b', namespace: 'n', versioning: 'Enabled' }
  expect(await diff(BUCKET, before, { ...before, versioning: 'Disabled' })).toEqual({
    changed: ['versioning'],
    replaces: [],
  })
  expect(await diff(BUCKET, before, { ...before, name: 'c' })).toEqual({ changed: ['name'], replaces: ['name'] })
})

test('what Oracle tells once is read no more, and kept by whoever knows it', async () => {
  const type = 'oci:Identity/customerSecretKey:CustomerSecretKey'
  const { id, outputs } = await create(type, { displayName: 'key', userId: 'u' })
  expect(outputs.key).toMatch(/^\w{43}=$/)
  const read = (known: Properties) => provider.read({ ...asked(type), id, inputs: {}, outputs: known })
  expect((await read(outputs))?.outputs.key).toBe(outputs.key)
  expect((await read({}))?.outputs).not.toHaveProperty('key')
  await provider.delete({ ...asked(type), id, outputs, timeout: 0 })
  expect(await read(outputs)).toBeUndefined()
})
