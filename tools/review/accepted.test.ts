import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../app/cli/local.ts'
import { temporaryFolder } from '../../test/setup/folder.ts'
import { AcceptedChanges } from './accepted.ts'

const URN = 'urn:pulumi:prod::kura::kura:cloud:Storage$oci:ObjectStorage/bucket:Bucket::kura-storage-contents'
const ENTRY = { resource: URN, change: 'replace', reason: 'it is empty as yet', until: '2027-01-31' }

test('the file may be missing, and says what is wrong with it', async () => {
  const { folder, remove } = await temporaryFolder()
  const file = join(folder, 'changes.json')
  const read = (content: unknown) => {
    writeFileSync(file, JSON.stringify(content))
    return AcceptedChanges.read(file, '2026-11-26')
  }
  expect(AcceptedChanges.read(file).all).toEqual([])
  expect(read([ENTRY]).all).toMatchObject([ENTRY])
  for (const wrong of [
    { change: 'delete' },
    { resource: 'kura-storage-contents' },
    { until: '31.1.2027' },
    { until: '2027-02-30' },
    { reason: '' },
    { more: 1 },
  ])
    expect(() => read([{ ...ENTRY, ...wrong }])).toThrow(/^policies\/changes\.json: /)
  expect(() => read([{ ...ENTRY, resource: 'kura-storage-contents' }])).toThrow('name the URN, as the review prints it')
  expect(read([{ ...ENTRY, until: '2027-11-26' }]).all).toHaveLength(1)
  expect(() => read([{ ...ENTRY, until: '2027-11-27' }])).toThrow('is more than a year ahead: 2027-11-26 at most')
  await remove()
})

test("the project's own can be read", () => {
  expect(AcceptedChanges.read(join(root, 'policies/changes.json')).all).toBeInstanceOf(Array)
})
