import { expect, test } from 'vitest'
import { messages } from './index.ts'

/** All words of a language, those with values said with an example. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [value('7', '8', '9', '10')]
  return Object.values(value as object).flatMap(wordsOf)
}

test('nothing in English was left in Japanese', () => {
  const { name: _, ...english } = messages.en
  expect(
    wordsOf(english).filter((words) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(words)),
  ).toEqual([])
})

test('every term has words in both languages, and resource types have words of their own', () => {
  for (const { terms } of Object.values(messages)) {
    expect(wordsOf(terms).filter((words) => words.trim() === '')).toEqual([])
    const types = Object.values(terms.resourceTypes)
    expect(types).toHaveLength(83)
    expect(new Set(types).size).toBe(types.length)
  }
})

test('a volume and an issue are called so once, however the record has them', () => {
  const { volume, issue } = messages.ja
  expect([volume('12'), volume('第12巻'), issue('3'), issue('3号')]).toEqual(['12 巻', '第12巻', '3 号', '3号'])
})
