import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/property.ts'
import { initialOf, initials, listKey } from '../names.ts'
import type { NamePosition, NamesQuery, SearchDocument, SearchIndex } from '../port.ts'
import { type Desk, document, noText } from './desk.ts'

const HANA = '0000-0002-1825-0097'
const OTHER = '0000-0001-5109-3700'

/** People and subjects by name, and what is like an item. */
export function namesSuite({ filled }: Desk) {
  const by = (item: number, names: string[], more: Partial<SearchDocument> = {}) =>
    document(item, 'x', { facets: { creator: names }, creators: names.map((value) => ({ value })), ...more })
  const list = async (index: SearchIndex, more: Partial<NamesQuery> = {}) => {
    const { names } = await index.names({ facet: 'creator', statuses: ['public'], size: 100, ...more })
    return names.map(({ value, items }) => [value, items])
  }
  const put = (index: SearchIndex, ...documents: SearchDocument[]) => index.put(documents, noText)

  describe('a list of names', () => {
    it('has each name once, with the number of items, in the order of readings', async () => {
      const index = await filled([
        by(1, ['山田, 花子', 'Zimmer, Eva', '青木, 海']),
        by(2, ['山田, 花子'], { creators: [{ value: '山田, 花子', reading: 'ヤマダ, ハナコ' }] }),
        by(3, ['青木, 海'], { creators: [{ value: '青木, 海', reading: 'あおき, うみ' }] }),
        by(4, ['3D Lab', 'Åkerblom, Ida', '佐藤, 一']),
      ])
      expect(await list(index)).toEqual([
        ['青木, 海', 2],
        ['山田, 花子', 2],
        ['Åkerblom, Ida', 1],
        ['Zimmer, Eva', 1],
        ['3D Lab', 1],
        ['佐藤, 一', 1],
      ])
      expect(await index.initials({ facet: 'creator', statuses: ['public'] })).toEqual(['あ', 'や', 'A', 'Z', '#'])
      expect(await list(index, { facet: 'subject' })).toEqual([])
    })

    it('follows documents as they change, and forgets what none has any more', async () => {
      const index = await filled([by(1, ['Aoki', 'Baba']), by(2, ['Aoki'])])
      await put(index, by(1, ['Aoki', 'Chiba'], { revision: 2 }))
      await put(index, by(1, ['Doi'], { revision: 1 }))
      expect(await list(index)).toEqual([
        ['Aoki', 2],
        ['Chiba', 1],
      ])
      await put(index, by(1, ['Aoki', 'Chiba'], { revision: 2 }), by(2, ['Aoki'], { revision: 2, status: 'withdrawn' }))
      expect(await list(index)).toEqual([
        ['Aoki', 1],
        ['Chiba', 1],
      ])
      await put(index, by(1, [], { revision: 3 }))
      expect(await list(index)).toEqual([])
      expect(await index.initials({ facet: 'creator', statuses: ['public'] })).toEqual([])
    })

    it('counts only items that the asker may see', async () => {
      const index = await filled([
        by(1, ['Aoki']),
        by(2, ['Aoki', 'Baba'], { status: 'scheduled' }),
        by(3, ['Chiba'], { status: 'deleted' }),
      ])
      expect(await list(index)).toEqual([['Aoki', 1]])
      expect(await index.initials({ facet: 'creator', statuses: ['public'] })).toEqual(['A'])
      const statuses: NamesQuery['statuses'] = ['public', 'scheduled']
      expect(await list(index, { statuses })).toEqual([
        ['Aoki', 2],
        ['Baba', 1],
      ])
      expect(await index.initials({ facet: 'creator', statuses })).toEqual(['A', 'B'])
    })

    it('gives the ORCIDs of a name for as long as an item that the asker may see gives them to it', async () => {
      const hana = (item: number, orcid: string | undefined, more: Partial<SearchDocument> = {}) =>
        by(item, ['青木, 花'], { creators: [{ value: '青木, 花', orcid }], ...more })
      const orcids = async (index: SearchIndex) =>
        (await index.names({ facet: 'creator', statuses: ['public'], size: 1 })).names[0]?.orcids
      const index = await filled([hana(1, HANA), hana(2, undefined), hana(3, OTHER, { status: 'scheduled' })])
      expect(await orcids(index)).toEqual([HANA])
      expect(await list(index)).toEqual([['青木, 花', 2]])
      await put(index, hana(1, OTHER, { revision: 2 }))
      expect(await orcids(index)).toEqual([OTHER])
    })

    it('is limited to what begins as was typed, as it is written or read, in any width and kana', async () => {
      const reading = (item: number, value: string, reading: string) =>
        by(item, [value], { creators: [{ value, reading }] })
      const index = await filled([
        reading(1, '山田, 花子', 'ヤマダ, ハナコ'),
        reading(2, '山本, 太郎', 'ヤマモト, タロウ'),
        reading(3, '大和, 一', 'ヤマト, ハジメ'),
        by(4, ['Yamada, Hanako', '%', 'Ｙａｍａ']),
      ])
      const names = async (prefix: string) => (await list(index, { prefix })).map(([value]) => value)
      expect(await names('ヤマ')).toEqual(['山田, 花子', '大和, 一', '山本, 太郎'])
      expect(await names('やまだ')).toEqual(['山田, 花子'])
      expect(await names('山')).toEqual(['山田, 花子', '山本, 太郎'])
      expect(await names('yama')).toEqual(['Ｙａｍａ', 'Yamada, Hanako'])
      expect(await names('花子')).toEqual([])
      expect(await names('%')).toEqual(['%'])
    })

    it('begins at an initial, and goes on behind it', async () => {
      const index = await filled([by(1, ['あ', 'が', 'さ', 'を', 'apple', 'Kiwi', '7'])])
      const names = async (from: string) => (await list(index, { from })).map(([value]) => value)
      expect(await names('あ')).toEqual(['あ', 'が', 'さ', 'を', 'apple', 'Kiwi', '7'])
      expect(await names('か')).toEqual(['が', 'さ', 'を', 'apple', 'Kiwi', '7'])
      expect(await names('B')).toEqual(['Kiwi', '7'])
      expect(await names('#')).toEqual(['7'])
    })

    it('is paged without loss or doubles, whatever names there are', async () => {
      const character = fc.constantFrom(...'あがガァーんAaÅz7漢國 ,', '\u{1f3ef}', '한')
      const name = fc
        .array(character, { minLength: 1, maxLength: 4 })
        .map((all) => all.join('').trim())
        .filter((value) => value !== '')
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(name, { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 5 }),
          async (names, size) => {
            const index = await filled([by(1, names)])
            const seen: string[] = []
            const under: string[] = []
            let after: NamePosition | undefined
            for (let pages = 0; pages <= names.length; pages++) {
              const page = await index.names({ facet: 'creator', statuses: ['public'], size, after })
              seen.push(...page.names.map(({ value }) => value))
              under.push(...page.names.map(({ key }) => initialOf(key)))
              after = page.next
              if (!after) break
              expect(page.names).toHaveLength(size)
            }
            expect(after).toBeUndefined()
            expect(seen.toSorted()).toEqual(names.toSorted())
            expect(await index.initials({ facet: 'creator', statuses: ['public'] })).toEqual(
              initials.filter((initial) => under.includes(initial)),
            )
            expect(under).toEqual(under.toSorted((a, b) => initials.indexOf(a) - initials.indexOf(b)))
          },
        ),
        { numRuns: 30 },
      )
    })
  })

  describe('what is like an item', () => {
    const about = (item: number, subject: string[], creator: string[] = [], more: Partial<SearchDocument> = {}) =>
      document(item, `${item}`, { facets: { subject, creator }, ...more })
    const alike = async (index: SearchIndex, values: { subject?: string[]; creator?: string[] }, size = 10) => {
      const asked = { item: 1, values: { subject: [], creator: [], ...values }, statuses: ['public' as const], size }
      return (await index.alike(asked)).map(({ number }) => number)
    }

    it('shares most with it, or what is rarer, before others; and is not itself', async () => {
      const index = await filled([
        about(1, ['海', '潮汐', '港'], ['Aoki']),
        about(2, ['海']),
        about(3, ['海', '潮汐']),
        about(4, ['海', '港'], ['Aoki']),
        about(5, ['海', '山'], ['Baba']),
        about(6, ['山']),
        about(7, ['潮汐']),
      ])
      const values = { subject: ['海', '潮汐', '港'], creator: ['Aoki'] }
      expect((await alike(index, values)).slice(0, 3)).toEqual([4, 3, 7])
      expect((await alike(index, values)).toSorted()).toEqual([2, 3, 4, 5, 7])
      expect(await alike(index, values, 1)).toEqual([4])
      expect(await alike(index, {})).toEqual([])
      expect(await alike(index, { subject: ['砂'] })).toEqual([])
    })

    it('is found by the kind of value, too, and only where the asker may see it', async () => {
      const index = await filled([
        about(1, ['Aoki']),
        about(2, [], ['Aoki']),
        about(3, ['Aoki'], [], { status: 'scheduled' }),
        about(4, ['Aoki'], [], { status: 'withdrawn' }),
        about(5, ['Aoki']),
      ])
      expect(await alike(index, { subject: ['Aoki'] })).toEqual([5])
    })
  })

  it('orders names as a dictionary does: dakuten, small kana and long marks do not count', () => {
    expect(listKey('ガーゼ')).toBe(listKey('かせ'))
    expect(listKey('きゃ')).toBe(listKey('キヤ'))
    expect(listKey('  Ｋｕｒａ・Café ')).toBe(listKey('kura cafe'))
    expect(listKey('國學')).toBe(listKey('国学'))
    expect(listKey('日'.repeat(5_000)).length).toBe(100)
  })
}
