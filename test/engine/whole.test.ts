import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Api } from '../cluster/api.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { previews, testDayTwo } from './day-2.ts'
import { done, LONG, type Platform, startPlatform } from './platform.ts'
import { testSecrets } from './secrets.ts'

interface Whole {
  title: string
  stack: string
  /** Institutions; without it, those of the stack. One more comes on day 2, for which the last cell has room. */
  count?: number
  /** Whether it is also looked at again and destroyed, or only made and changed. */
  thorough: boolean
}

const production = (count: number): Whole => ({
  title: `production with ${count} institutions`,
  stack: 'prod',
  count,
  thorough: LONG,
})
const STACKS: Whole[] = [
  { title: 'verification', stack: 'dev', thorough: true },
  ...(LONG ? [10, 100, 663] : [36]).map(production),
]

/** Types that outlive `destroy`, because they hold data, keys, or an address that others know. */
const RETAINED = [
  'kubernetes:acid.zalan.do/v1:postgresql',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:core/v1:Namespace',
  'kubernetes:core/v1:PersistentVolume',
  'kubernetes:core/v1:PersistentVolumeClaim',
  'kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster',
  'oci:ContainerEngine/cluster:Cluster',
  'oci:Core/publicIp:PublicIp',
  'oci:FileStorage/fileSystem:FileSystem',
  'oci:FileStorage/mountTarget:MountTarget',
  'oci:Identity/compartment:Compartment',
  'oci:Kms/key:Key',
  'oci:Kms/vault:Vault',
  'oci:ObjectStorage/bucket:Bucket',
  'tls:index/privateKey:PrivateKey',
]

/** Objects of this project that there are of a type: each with its type and identifier, as the state has them. */
async function ours(api: Api, type: string): Promise<string[]> {
  const [, of = '', kind = ''] = type.split(':')
  const { items } = await api.list(of.replace(/^core\//, ''), kind)
  return items
    .filter(({ metadata }) => metadata?.labels?.['app.kubernetes.io/part-of'] === 'kura')
    .map(({ metadata }) => `${type} ${[metadata?.namespace ?? [], metadata?.name ?? ''].flat().join('/')}`)
}

for (const { title, stack, count, thorough } of STACKS)
  describeWithReference(title, () => {
    let platform: Platform
    beforeAll(async () => {
      platform = await startPlatform({ stack, ...(count === undefined ? {} : { count }) })
    })
    afterAll(() => platform?.[Symbol.asyncDispose]())

    test('is made from nothing by one `pulumi up`, in an order in which each thing finds what it needs', async () => {
      const { changes, seconds } = await done(platform.engine.up())
      expect(new Set(changes.map(({ op }) => op))).toEqual(new Set(['create']))
      const { resources, pending_operations } = await platform.engine.state()
      expect(pending_operations).toEqual([])
      expect(resources.length).toBeGreaterThan(600)
      measured(`engine: up of ${title} from nothing`, {
        resources: resources.length,
        'up, seconds': Math.round(seconds),
      })
    })

    test.skipIf(!thorough)('is left alone by a second `up`, and looks to `refresh` as it was made', async () => {
      const again = await done(platform.engine.up('--expect-no-changes'))
      const refresh = await done(platform.engine.refresh('--expect-no-changes'))
      expect([...again.changes, ...refresh.changes]).toEqual([])
      measured(`engine: ${title}, nothing to do`, {
        'up, seconds': Math.round(again.seconds),
        'refresh, seconds': Math.round(refresh.seconds),
      })
    })

    if (count === undefined) testSecrets(() => platform)

    if (count !== undefined) testDayTwo(() => platform, { count, of: title })

    test.skipIf(!thorough)('is not destroyed while anything in it is protected', async () => {
      const before = await platform.engine.state()
      const { code, output } = await platform.engine.destroy()
      expect(code).not.toBe(0)
      expect(output).toMatch(/protected/)
      expect(await platform.engine.state()).toEqual(before)
    })

    test.skipIf(!thorough)(
      'leaves behind what is to outlive it, and nothing else, once its protection is lifted',
      async () => {
        const before = await platform.engine.state()
        const retained = before.resources.filter(({ retainOnDelete }) => retainOnDelete)
        expect([...new Set(retained.map(({ type }) => type))].sort()).toEqual(RETAINED)

        await platform.engine.run('state', 'unprotect', '--all', '--yes')
        const { seconds } = await done(platform.engine.destroy())
        measured(`engine: destroy of ${title}`, { 'destroy, seconds': Math.round(seconds) })
        expect((await platform.engine.state()).resources).toEqual([])
        const kept = (part: string) => retained.filter(({ type }) => type.startsWith(part))
        expect(
          platform.engine.cloud
            .all()
            .map(({ urn }) => urn)
            .sort(),
        ).toEqual(
          kept('oci:')
            .map(({ urn }) => urn)
            .sort(),
        )
        const types = new Set(before.resources.map(({ type }) => type).filter((type) => type.startsWith('kubernetes:')))
        const left = await Promise.all([...types].map((type) => ours(platform.api, type)))
        const declared = new Set(before.resources.map(({ type, id }) => `${type} ${id}`))
        expect(
          left
            .flat()
            .filter((object) => declared.has(object))
            .sort(),
        ).toEqual(
          kept('kubernetes:')
            .map(({ type, id }) => `${type} ${id}`)
            .sort(),
        )
        // What controllers made of what is kept.
        for (const object of left.flat().filter((object) => !declared.has(object)))
          expect(object).toMatch(/^\S+:PersistentVolumeClaim kura-data\/data-kura-data-elasticsearch-nodes-\d+$/)
      },
    )
  })

test.skipIf(!LONG)(
  'a preview of a change of one institution grows no faster than the number of resources (left out unless KURA_LONG=1)',
  () => {
    expect(previews.length).toBe(3)
    for (const [index, { resources, seconds }] of previews.entries()) {
      const smaller = previews[index - 1]
      // Half as much again is left to the machine.
      if (smaller) expect(seconds / smaller.seconds).toBeLessThan((1.5 * resources) / smaller.resources)
    }
  },
)
