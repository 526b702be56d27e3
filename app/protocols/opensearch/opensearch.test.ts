import { expect, it } from 'vitest'
import { within } from './index.ts'

it.each([
  ['みなと大学学術リポジトリ', 'みなと大学学術リポジトリ'],
  ['Minato University Repository', 'Minato'],
  ['The Repository of Minato', 'The Repository'],
  ['国立大学法人みなと海洋大学学術機関リポジトリ', '国立大学法人みなと海洋大学学術…'],
  ['Sixteen letters!', 'Sixteen letters!'],
  ['𠮷'.repeat(17), `${'𠮷'.repeat(15)}…`],
])('makes of %s the short name %s', (name, short) => {
  expect(within(16, name)).toBe(short)
})
