import { afterAll, beforeAll, expect, it } from 'vitest'
import { depositor, minimal } from '../../../test/support/depositor.ts'
import { parseHtml } from '../../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'

let kura: Institutions
let id: string
let number: number
beforeAll(async () => {
  kura = await openInstitutions(['found'])
  id = kura.ids[0] as string
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const creators = [
    {
      names: [
        { value: 'Minato, Nagisa', lang: 'en' },
        { value: '湊, 渚', lang: 'ja' },
      ],
    },
    { names: [{ value: 'ﾅｷﾞｻ　（渚）', lang: 'ja-Kana' }] },
    { names: [{ value: '"Quoted" & <Co>', lang: 'en' }] },
    ...Array.from({ length: 150 }, (_, index) => ({ names: [{ value: `Author, Number${index}`, lang: 'en' }] })),
  ]
  const subjects = [
    { value: '港湾  都市', lang: 'ja', scheme: 'Other' },
    { value: '452.6', scheme: 'NDC' },
    { value: 'a'.repeat(250), scheme: 'Other' },
  ]
  const [outcome] = await staff.lines({ source: 'x', record: minimal('Tides', { creators, subjects }) })
  number = outcome?.item.number as number
  await kura.settle()
})
afterAll(() => kura.close())

const page = async (path: string) =>
  parseHtml(await (await kura.request(id, path, { headers: { 'accept-language': 'en' } })).text())

it('leads from each creator and each subject to what else is by or on them: at least the item itself', async () => {
  const links = (await page(`/items/${number}`))
    .map(({ attributes }) => attributes.get('href') ?? '')
    .filter((href) => href.startsWith('/search?'))
  expect(links).toHaveLength(153 + 3)
  expect(links[0]).toBe(`/search?${new URLSearchParams({ creator: '湊, 渚' })}`)
  // The index counts a hundred creators of an item: the others are found by their words.
  for (const link of [...links.slice(0, 4), ...links.slice(98, 103), ...links.slice(-4)]) {
    const found = (await page(link)).filter(({ attributes }) => attributes.get('href') === `/items/${number}`)
    expect(found, link).toHaveLength(1)
  }
})
