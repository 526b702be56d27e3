import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { guessWords } from './guess.ts'

test.each([
  ['/papers/tide-tables_2019.html', 'papers tide tables'],
  ['/repository/%E6%B8%AF%E6%B9%BE%E3%81%AE%E6%BD%AE%E4%BD%8D.pdf?x=words', '港湾の潮位'],
  ['/items/99999', ''],
  ['/dspace/bitstream/10295/12/3/Minato-Thesis%20final.pdf', 'dspace Minato Thesis final'],
  ['/%ff%fe/tides', 'tides'],
  [`/${'x'.repeat(500)}`, ''],
  ['/a/b/c', ''],
])('%s was about “%s”', (path, words) => {
  expect(guessWords(path)).toBe(words)
})

test('of any address some words at most are guessed, and all of them stand in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const words = guessWords(`/${encodeURIComponent(text.toWellFormed())}`)
      expect(words.split(' ').length).toBeLessThanOrEqual(6)
      for (const word of words.split(' ')) expect(text.toWellFormed().normalize('NFKC')).toContain(word)
    }),
  )
})
