import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CapturedResource, type Evaluation, evaluate } from '../../tools/evaluate/index.ts'
import { AcceptedChanges } from '../../tools/review/accepted.ts'
import { compareStacks } from '../../tools/review/change.ts'
import { findHarm } from '../../tools/review/harm.ts'
import { IMMUTABLE } from '../../tools/review/immutable.ts'
import { isUpdatable } from '../../tools/review/updatable.ts'
import { SpareProject } from '../support/project.ts'
import { resourceOf } from '../support/resource.ts'

/** Several, so that a cell that moved from one to another would be seen. */
const MOUNT_TARGETS = { 'storage.mountTargets': 3 }

let untouched: CapturedResource[]
let project: SpareProject
beforeAll(async () => {
  const unchanged = new SpareProject(MOUNT_TARGETS)
  untouched = (await evaluateChanged(unchanged)).resources
  unchanged.remove()
}, 60_000)
beforeEach(() => {
  project = new SpareProject(MOUNT_TARGETS)
})
afterEach(() => project.remove())

function evaluateChanged(changed: SpareProject): Promise<Evaluation> {
  return evaluate({ stack: 'dev', root: changed.root })
}

/** What a change would replace or take away, of what holds data. Without anything, the change is safe. */
function harm(before: CapturedResource[], after: CapturedResource[]): string[] {
  const changes = compareStacks({ stack: 'dev', resources: before }, { stack: 'dev', resources: after })
  return findHarm(changes, new AcceptedChanges([])).map(
    ({ change, name, because }) => `${change} ${name}: ${because.join('; ')}`,
  )
}

async function changed(): Promise<CapturedResource[]> {
  const { resources } = await evaluateChanged(project)
  expect(JSON.stringify(resources)).not.toBe(JSON.stringify(untouched))
  return resources
}

test('a replaced bucket, a lost file system and a lost protection would be found', () => {
  const bucket = (name: string, protect = true) =>
    resourceOf({
      type: 'oci:ObjectStorage/bucket:Bucket',
      urn: 'urn:bucket',
      name: 'bucket',
      protect,
      inputs: { name },
    })
  const fileSystem = resourceOf({
    type: 'oci:FileStorage/fileSystem:FileSystem',
    urn: 'urn:files',
    name: 'files',
    protect: true,
  })
  expect(harm([bucket('a'), fileSystem], [bucket('a'), fileSystem])).toEqual([])
  expect(harm([bucket('a'), fileSystem], [bucket('b', false)])).toEqual([
    'replace bucket: name has changed; it is protected, so Pulumi stops there',
    'unprotect bucket: protect is no longer set',
    'remove files: it is protected, so Pulumi stops there',
  ])
})

test('every protected type of ours is in the table, and the table agrees with the package', () => {
  const types = new Set(untouched.filter(({ protect }) => protect).map(({ type }) => type))
  expect(Object.keys(IMMUTABLE)).toEqual(expect.arrayContaining([...types]))
  for (const [type, { inputs, despite = [] }] of Object.entries(IMMUTABLE)) {
    expect(inputs).toEqual(expect.arrayContaining(despite))
    if (type.startsWith('oci:'))
      for (const input of inputs)
        expect(`${type} ${input}: ${isUpdatable(type, [input])}`).toBe(`${type} ${input}: ${despite.includes(input)}`)
  }
  expect(isUpdatable('oci:ObjectStorage/bucket:Bucket', ['versioning'])).toBe(true)
})

test('more nodes, another image and other limits replace nothing that holds data', async () => {
  project.set({
    'pools.web.nodes': 4,
    'pools.elasticsearch.nodes': 4,
    'cells.pins': { kita: '0.2.0-rc.1' },
    'cells.web.replicas': 3,
    'storage.keys': [1, 2],
    'keys.rotations': 1,
    'storage.keepDumps': 90,
    'pgpool.children': 300,
  })
  expect(harm(untouched, await changed())).toEqual([])
})

test('adding, moving and closing institutions replaces nothing that holds data, and takes nothing away', async () => {
  project.addTenant('shiokaze', 'misaki', 'higashi')
  project.editTenant('hidamari', 'cell: kita', 'cell: minami')
  project.editTenant('misaki', 'group: 1', 'group: 1\nstate: closed')
  project.set({ 'pgpool.children': 300 })
  const after = await changed()
  expect(harm(untouched, after)).toEqual([])
  expect(after.map(({ name }) => name)).toContain('kura-files-cell-higashi')
})

test("removing a cell's last institution leaves its file system where it is", async () => {
  project.removeTenant('misaki')
  const after = await changed()
  expect(harm(untouched, after)).toEqual([])
  const gone = untouched.filter(({ urn }) => !after.some((resource) => resource.urn === urn))
  const inCloud = gone.filter(({ type }) => type.startsWith('oci:'))
  expect(inCloud.map(({ name, retainOnDelete }) => `${name}: ${retainOnDelete ? 'stays' : 'goes'}`).sort()).toEqual([
    'kura-files-cell-minami: stays',
    'kura-files-export-cell-minami: goes',
    'kura-files-root-export-cell-minami: goes',
  ])
})
