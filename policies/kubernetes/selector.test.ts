import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { type Selector, selects, selectsAll } from './selector.ts'

const WEB = { app: 'web', tier: 'front' }
const is = (key: string, operator: string, ...values: string[]): Selector => ({
  matchExpressions: [{ key, operator, ...(values.length ? { values } : {}) }],
})

describe('a selector', () => {
  it.each<[string, Selector, boolean]>([
    ['nothing', {}, true],
    ['a label', { matchLabels: { app: 'web' } }, true],
    ['all labels', { matchLabels: WEB }, true],
    ['another value', { matchLabels: { app: 'worker' } }, false],
    ['a label too many', { matchLabels: { ...WEB, cell: 'north' } }, false],
    ['one of some values', is('app', 'In', 'worker', 'web'), true],
    ['none of them', is('app', 'In', 'worker'), false],
    ['another than some values', is('app', 'NotIn', 'worker'), true],
    ['another, and it is one', is('app', 'NotIn', 'web'), false],
    ['another, and there is none', is('cell', 'NotIn', 'north'), true],
    ['that it is there', is('app', 'Exists'), true],
    ['that it is there, and it is not', is('cell', 'Exists'), false],
    ['that it is not there', is('cell', 'DoesNotExist'), true],
    ['that it is not there, and it is', is('app', 'DoesNotExist'), false],
    ['both kinds at once', { matchLabels: { app: 'web' }, ...is('tier', 'In', 'back') }, false],
    ['what a controller adds', { matchLabels: { app: 'web', 'statefulset.kubernetes.io/pod-name': 'web-0' } }, true],
    ['what an operator adds', is('spilo-role', 'In', 'master'), true],
  ])('that asks for %s', (_what, selector, expected) => {
    expect(selects(selector, WEB)).toBe(expected)
  })

  it('takes what bears all its labels, and nothing with another value', () => {
    const word = fc.stringMatching(/^[a-z]{1,3}$/)
    const labels = fc.dictionary(word, word)
    fc.assert(
      fc.property(labels, labels, (asked, others) => {
        expect(selects({ matchLabels: asked }, { ...others, ...asked })).toBe(true)
        for (const key of Object.keys(asked))
          expect(selects({ matchLabels: asked }, { ...asked, [key]: `${asked[key]}x` })).toBe(false)
      }),
    )
  })

  it('without any word takes all', () => {
    expect(selectsAll({})).toBe(true)
    expect(selectsAll({ matchLabels: {}, matchExpressions: [] })).toBe(true)
    expect(selectsAll(is('app', 'Exists'))).toBe(false)
    expect(selectsAll({ matchLabels: WEB })).toBe(false)
  })
})
