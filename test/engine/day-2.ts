import { expect, test } from 'vitest'
import { institutions } from '../generate/institutions.ts'
import { measured } from '../proof/measured.ts'
import type { Change, Outcome } from './engine.ts'
import { done, LONG, PER_CELL, type Platform, type Settings } from './platform.ts'

/** What operators do from day to day, each on its own and in this order: what it changes, and how it is said. */
interface Act {
  title: string
  act: (platform: Platform) => void | Promise<void>
  /** `+` made, `~` changed in place, `+-` made anew, `-` taken away; then kind and name. */
  changes: string[]
  /** Whether it is the last, and only looked at: it takes long. */
  previewed?: true
}

/**
 * Tests of day 2 on a deployed stack, as many as there are things that operators do.
 *
 * @param count institutions that it has.
 * @param of what it is, for the figures.
 */
export function testDayTwo(platform: () => Platform, { count, of }: { count: number; of: string }): void {
  for (const [index, { title, act, changes, previewed = false }] of actsOn(count).entries())
    test(title, async () => {
      const { engine } = platform()
      await act(platform())
      const figures: Record<string, number> = {}
      // Short of time, one preview shows what all do.
      if (LONG || previewed || index === 0) {
        const preview = await done(engine.preview())
        expect(linesOf(preview)).toEqual(changes.toSorted())
        figures['preview, seconds'] = rounded(preview.seconds)
        if (LONG) expect(preview.seconds).toBeLessThan(PREVIEW_SECONDS)
      }
      if (previewed) return
      const up = await done(engine.up())
      expect(linesOf(up)).toEqual(changes.toSorted())
      figures['up, seconds'] = rounded(up.seconds)
      const { resources } = await engine.state()
      if (index === 0) previews.push({ resources: resources.length, seconds: figures['preview, seconds'] ?? 0 })
      measured(`${of}: ${title}`, { resources: resources.length, changes: changes.length, ...figures })
    })
}

/** What the preview of a change of one institution took, of each size of a stack. */
export const previews: { resources: number; seconds: number }[] = []

/** Limit for a preview on two processors that do nothing else. */
const PREVIEW_SECONDS = 60

const rounded = (seconds: number) => Math.round(seconds * 10) / 10

function actsOn(count: number): Act[] {
  const all = institutions({ count, perCell: PER_CELL })
  const [first, other] = [all[0], all.at(-1)?.cell]
  if (!first || !other || count % PER_CELL === 0) throw new Error(`the last of the cells of ${count} has no room`)
  const cells = [...new Set(all.map(({ cell }) => cell))]
  const ofCell = (cell: string, ...kinds: ('ConfigMap' | 'Secret' | 'HTTPRoute' | 'Deployment')[]) =>
    kinds.flatMap((kind) => OF_CELL[kind].map((name) => `~ ${kind} kura-cell-${cell}-${name}`))

  return [
    {
      title: 'a setting of one institution changes its cell alone',
      act: ({ edit }) => edit(first.id, { limits: { storage: 777 } }),
      changes: ofCell(first.cell, 'ConfigMap', 'Deployment'),
    },
    {
      title: 'an institution moves from one cell to another by changes of these two alone',
      act: ({ edit }) => edit(first.id, { cell: other }),
      changes: [first.cell, other].flatMap((cell) => ofCell(cell, 'ConfigMap', 'Secret', 'Deployment', 'HTTPRoute')),
    },
    {
      title: 'an institution is added to its cell, and to the lists of what is dumped, routed and logged in to',
      act: ({ add }) => add({ ...MIDORI, cell: first.cell }),
      changes: [
        '+ RandomPassword kura-passwords-midori',
        ...ofCell(first.cell, 'ConfigMap', 'Secret', 'Deployment', 'HTTPRoute'),
        '~ ConfigMap kura-backups-lists',
        '~ Secret kura-identity-keycloak-realm-files',
        '+- Job kura-identity-keycloak-realm-job',
      ],
    },
    {
      title: 'an institution is closed by a change of its cell alone',
      act: ({ edit }) => edit(first.id, { state: 'closed' }),
      changes: ofCell(other, 'ConfigMap', 'Deployment'),
    },
    {
      title: 'a pool of nodes is resized by a change of the pool, and of the quota that caps what it may cost',
      act: ({ configure }) => configure(({ pools }) => ({ pools: deeper(pools, 'web', { nodes: 16 }) })),
      changes: ['~ NodePool kura-cluster-web', '~ Quota kura-tenancy-costs-quota'],
    },
    {
      title: 'a new image of the application rolls the cell that is given it, and nothing else',
      act: ({ configure }) =>
        configure(({ cells }) => ({ cells: { ...(cells as Settings), pins: { [other]: '0.2.0' } } })),
      changes: ofCell(other, 'Deployment'),
    },
    {
      title: 'the encryption keys are rotated by a new version of each',
      act: ({ configure }) => configure(() => ({ keys: { rotations: 1 } })),
      changes: ['buckets', 'files', 'kubernetes', 'volumes'].map((use) => `+ KeyVersion kura-keys-${use}-rotation-1`),
    },
    {
      title: 'the password of Redis is made anew: Redis rolls, and the Secret of each cell has it',
      act: ({ configure }) => configure(({ redis }) => ({ redis: { ...(redis as Settings), passwords: 2 } })),
      changes: [
        '+- RandomPassword kura-data-redis-password',
        '~ Secret kura-data-redis-users',
        '~ Deployment kura-data-redis-deployment',
        ...cells.flatMap((cell) => ofCell(cell, 'Secret')),
      ],
    },
    {
      title:
        'second S3 keys are made beside the first, and whoever uses them is told: as a preview says, since Elasticsearch takes three minutes for each node',
      act: ({ configure }) => configure(({ storage }) => ({ storage: { ...(storage as Settings), keys: [1, 2] } })),
      changes: [
        ...['contents', 'dumps', 'offsite', 'snapshots', 'wal'].map(
          (purpose) => `+ CustomerSecretKey kura-storage-${purpose}-user-key-2`,
        ),
        ...cells.flatMap((cell) => ofCell(cell, 'Secret')),
        '~ Secret kura-backups-secrets',
        '~ Secret kura-data-elasticsearch-keystore-secret',
        '~ StatefulSet kura-data-elasticsearch-nodes-set',
        '~ Secret kura-data-postgresql-wal',
        '~ postgresql kura-data-postgresql-cluster',
      ],
      previewed: true,
    },
  ]
}

const deeper = (settings: unknown, name: string, more: object) => ({
  ...(settings as Settings),
  [name]: { ...((settings as Settings)[name] as object), ...more },
})

const MIDORI = {
  id: 'midori',
  hosts: ['midori.kura.example'],
  initial: {
    name: { ja: '緑大学リポジトリ', en: 'Midori University Repository' },
    languages: ['ja', 'en'],
    colour: '#1a5276',
    contact: 'repository@midori-u.example',
  },
}

/** Names that a cell's objects have beside that of the cell. */
const OF_CELL = {
  ConfigMap: ['configuration'],
  Secret: ['secrets'],
  HTTPRoute: ['route-1'],
  Deployment: ['web', 'worker'],
}

/** What was done, a line for each resource. */
function linesOf({ changes }: Outcome): string[] {
  const byUrn = Map.groupBy(changes, ({ urn }) => urn)
  return [...byUrn.values()]
    .map((steps) => `${signOf(steps)} ${steps[0]?.type.split(':').at(-1)} ${steps[0]?.name}`)
    .sort()
}

function signOf(steps: Change[]): string {
  const ops = steps.map(({ op }) => op)
  if (ops.some((op) => op.includes('replace'))) return '+-'
  return { create: '+', update: '~', delete: '-' }[ops[0] ?? ''] ?? ops.join(', ')
}
