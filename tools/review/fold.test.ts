import { expect, test } from 'vitest'
import { made, part } from '../../test/support/declaration.ts'
import { compareStacks } from './change.ts'
import { foldChanges } from './fold.ts'

const CELLS = ['kita', 'nishi', 'higashi', 'cell-052']

/** A stack of cells, each with an image and a configuration. */
const stack = (image: (cell: string) => string, checksum: (cell: string) => string) => ({
  stack: 'made',
  resources: CELLS.flatMap((cell) => {
    const pod = (name: string) =>
      made(
        'kubernetes:apps/v1:Deployment',
        `kura-cell-${cell}-${name}`,
        { spec: { image: image(cell), of: `cell ${cell}, ${image(cell)}`, checksum: checksum(cell) } },
        `kura-cell-${cell}`,
      )
    return [part(`kura-cell-${cell}`), pod('web'), pod('worker')]
  }),
})
const digest = (text: string) => Buffer.from(text.padEnd(16, '.')).toString('hex')

test('the same change of all cells is one, whatever their names and checksums', () => {
  const before = stack(
    () => '0.1.0',
    (cell) => digest(cell),
  )
  const after = stack(
    () => '0.2.0',
    (cell) => digest(`${cell}-`),
  )
  expect(foldChanges(compareStacks(before, after))).toEqual([
    {
      part: 'kura-cell-*',
      parts: 4,
      counts: { added: 0, changed: 8, replaced: 0, removed: 0 },
      folds: [
        {
          kind: 'changed',
          type: 'Deployment',
          names: 'kura-cell-*-web (4), kura-cell-*-worker (4)',
          properties: [
            { path: 'spec.image', values: [{ says: ['"0.1.0" → "0.2.0"'], count: 4 }] },
            { path: 'spec.of', values: [{ says: ['"cell *, 0.1.0" → "cell *, 0.2.0"'], count: 4 }] },
            { path: 'spec.checksum', values: [{ says: ['"<checksum>" → "<checksum>"'], count: 4 }] },
          ],
        },
      ],
    },
  ])
})

test('one that changes otherwise than its like is not lost among them', () => {
  const before = stack(
    () => '0.1.0',
    () => 'same',
  )
  const after = stack(
    (cell) => (cell === 'nishi' ? '6.6.6' : '0.2.0'),
    () => 'same',
  )
  const [fold] = foldChanges(compareStacks(before, after))[0]?.folds ?? []
  expect(fold?.properties[0]?.values).toEqual([
    { says: ['"0.1.0" → "6.6.6"'], count: 1 },
    { says: ['"0.1.0" → "0.2.0"'], count: 3 },
  ])
})

test("an image's digest is no checksum: it says which image it is", () => {
  const image = (text: string) => () => `x@sha256:${digest(text).repeat(2)}`
  const [fold] =
    foldChanges(
      compareStacks(
        stack(image('a'), () => ''),
        stack(image('b'), () => ''),
      ),
    )[0]?.folds ?? []
  expect(fold?.properties[0]?.values[0]?.says[0]).toContain(digest('b').repeat(2))
})

test('names of many are what they have in common', () => {
  const passwords = (ids: string[]) => ({
    stack: 'made',
    resources: [
      part('kura-passwords'),
      ...ids.map((id) =>
        made('random:index/randomPassword:RandomPassword', `kura-passwords-${id}`, { length: 9 }, 'kura-passwords'),
      ),
    ],
  })
  const names = (ids: string[]) => foldChanges(compareStacks(passwords([]), passwords(ids)))[0]?.folds[0]?.names
  expect(names(['aozora'])).toBe('kura-passwords-aozora')
  expect(names(['aozora', 'misaki'])).toBe('kura-passwords-aozora, kura-passwords-misaki')
  expect(names(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('kura-passwords-* (6)')
})
