import { afterAll, beforeAll, expect, it } from 'vitest'
import { depositor, jsonOf, minimalXml } from './support/depositor.ts'
import { fonts, pdfOf } from './support/documents.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'

/** From the file that comes in to the sentence that is found: import, reading, index and search together. */

let kura: Institutions
beforeAll(async () => {
  kura = await openInstitutions(['thesis'])
})
afterAll(() => kura.close())

const LAST = '灯台守の日記はここで終わる'

/** Pages of 40 lines of 50 characters, no two of them alike. */
const pages = (count: number) =>
  Array.from({ length: count }, (_, page) =>
    Array.from({ length: 40 }, (_, line) =>
      Array.from({ length: 50 }, (_, at) =>
        String.fromCodePoint(0x4e00 + ((page * 7 + line * 31 + at * at) % 4_999)),
      ).join(''),
    ),
  )

it('finds a thesis of 2,000,000 characters by its last sentence, in a PDF without its Japanese fonts', async () => {
  const [id] = kura.ids as [string]
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const pdf = pdfOf([...pages(1_000), [LAST]], { font: fonts.utf16 })
  const [outcome] = await staff.zip({ 't.xml': minimalXml('A long thesis'), 't/thesis.pdf': new Uint8Array(pdf) })
  const number = outcome?.item.number as number
  await kura.settle()

  const ask = async (words: string) =>
    await jsonOf<{ results: { number: number; snippet?: { text: string; hit: boolean }[] }[] }>(
      kura.request(id, `/api/v1/search?q=${encodeURIComponent(words)}`),
    )
  const { results } = await ask(`"${LAST}"`)
  expect(results.map((result) => result.number)).toEqual([number])
  expect(results[0]?.snippet?.find(({ hit }) => hit)?.text).toBe(LAST)
  // The title's words and the last page's, decided for the item.
  expect((await ask(`thesis 灯台守`)).results).toHaveLength(1)
  expect((await ask(`thesis NOT 灯台守`)).results).toEqual([])

  await staff.api(
    `/items/${number}`,
    'PATCH',
    { files: [{ name: 'thesis.pdf', access: 'closed' }] },
    { 'if-match': '*' },
  )
  await kura.settle()
  expect((await ask(LAST)).results).toEqual([])
})
