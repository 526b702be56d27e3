import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import type { QualityReport } from './quality.ts'

let kura: Institutions
let small: string
let large: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['small', 'large'])
  ;[small, large] = kura.ids as [string, string]
  staff = depositor(kura, small, await kura.token(small, 'import', 'items:write'))
})
afterAll(() => kura.close())

/** A record in which no rule finds anything. */
const good = (title: string, more: object = {}) =>
  minimal(title, {
    accessRights: { term: 'metadata only access' },
    dates: [{ value: '2026-03-18', type: 'Issued' }],
    ...more,
  })
const rulesOf = (outcome: Outcome | undefined) => outcome?.warnings.map(({ rule }) => rule)

describe('an import', () => {
  it('says what should be mended, where and how, and takes the record all the same', async () => {
    const creators = [{ names: [{ value: 'Kuramoto, Sumi' }] }]
    const [outcome] = await staff.lines({ source: 'warned', record: good('Warned of', { creators }) })
    expect(outcome?.status).toBe('imported')
    expect(outcome?.warnings).toEqual([
      { rule: 'lang.missing', path: 'creators[0].names[0].lang', message: expect.stringContaining('such as ja or en') },
    ])
  })

  it('says it again of what is unchanged, and nothing of what is good', async () => {
    const line = { source: 'again', record: good('Again', { titles: [{ value: 'Again', lang: 'zz' }] }) }
    await staff.lines(line)
    const [unchanged, fine] = await staff.lines(line, { source: 'fine', record: good('Fine') })
    expect([unchanged?.status, rulesOf(unchanged)]).toEqual(['unchanged', ['lang.known']])
    expect(rulesOf(fine)).toEqual([])
  })

  it('warns of an embargo without end, once', async () => {
    const record = good('For ever', {
      accessRights: { term: 'embargoed access' },
      files: [{ uri: 'https://elsewhere.example/a.pdf' }],
    })
    expect(rulesOf((await staff.lines({ source: 'for-ever', record }))[0])).toEqual(['access.embargo-date'])
  })

  it('knows that files which come along have an address here', async () => {
    const dates = '<datacite:date dateType="Issued">2026</datacite:date>'
    const files = '<jpcoar:file><jpcoar:URI>held/a.txt</jpcoar:URI></jpcoar:file>'
    const [described, undescribed] = await staff.zip({
      'held.xml': minimalXml('Held', { access: 'open access', dates, files }),
      'held/a.txt': 'a',
      'more.xml': minimalXml('More', { access: 'open access', dates }),
      'more/b.txt': 'b',
    })
    expect(rulesOf(described)).toEqual([])
    expect(rulesOf(undescribed)).toEqual(['file.undescribed'])
    expect((await jsonOf<{ warnings: unknown[] }>(staff.api(`/items/${described?.item.number}`))).warnings).toEqual([])
  })
})

describe('an item', () => {
  it('shows what should be mended to those who may, and to nobody else', async () => {
    const [outcome] = await staff.lines({ source: 'shown', record: good('Shown', { dates: [] }) })
    const path = `/items/${outcome?.item.number}`
    const { warnings } = await jsonOf<{ warnings?: unknown[] }>(staff.api(path))
    expect(warnings).toEqual([expect.objectContaining({ rule: 'date.issued', path: 'dates' })])
    expect(await jsonOf(kura.request(small, `/api/v1${path}`))).not.toHaveProperty('warnings')
  })
})

describe('the report of an institution', () => {
  const report = async () => {
    const bearer = `Bearer ${await kura.token(large, 'items:write')}`
    return await jsonOf<QualityReport>(kura.request(large, '/api/v1/quality', { headers: { authorization: bearer } }))
  }

  it('counts the public items that break each rule, and names the first ten', async () => {
    expect(await report()).toEqual({ items: 0, findings: [] })

    const owner = depositor(kura, large, await kura.token(large, 'import', 'items:write'))
    const titles = [{ value: 'x', lang: 'zz' }]
    // More than are read at a time.
    const lines = Array.from({ length: 205 }, (_, index) => ({
      source: `r${index}`,
      record: good(`R ${index}`, { ...(index % 2 === 0 && { dates: [] }), ...(index % 100 === 4 && { titles }) }),
    }))
    const outcomes = await owner.lines(
      ...lines,
      { source: 'hidden', publicationDate: '2090-01-01', record: good('Hidden', { dates: [] }) },
      { source: 'gone', record: good('Gone', { dates: [] }) },
    )
    await owner.api(`/items/${outcomes.at(-1)?.item.number}`, 'DELETE')
    const numbers = outcomes.map(({ item }) => item.number)
    expect(await report()).toEqual({
      items: 205,
      findings: [
        { rule: 'date.issued', count: 103, examples: numbers.filter((_, index) => index % 2 === 0).slice(0, 10) },
        { rule: 'lang.known', count: 3, examples: [4, 104, 204].map((index) => numbers[index]) },
      ],
    })
  })

  it('looks at files as the public has them', async () => {
    const before = await report()
    const owner = depositor(kura, large, await kura.token(large, 'import', 'items:write'))
    const dates = '<datacite:date dateType="Issued">2026</datacite:date>'
    const files = '<jpcoar:file><jpcoar:URI>z/a.txt</jpcoar:URI></jpcoar:file>'
    await owner.zip({
      'z.xml': minimalXml('Z', { access: 'open access', dates, files }),
      'z/a.txt': 'a',
      'z/b.txt': 'b',
    })
    expect(await report()).toEqual({ ...before, items: before.items + 1 })
  })

  it('is for those who may write items', async () => {
    expect((await kura.request(large, '/api/v1/quality')).status).toBe(401)
    const authorization = `Bearer ${await kura.token(large, 'import', 'files:read')}`
    expect((await kura.request(large, '/api/v1/quality', { headers: { authorization } })).status).toBe(403)
  })
})
