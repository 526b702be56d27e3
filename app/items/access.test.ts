import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { Record } from '../records/model.ts'
import { importedAccess, itemAccess, nextDue } from './access.ts'

const TODAY = '2026-06-15'
const on = (today: string) => ({ timeZone: 'Asia/Tokyo', today: () => today })
const record = (access?: string, ...available: string[]) =>
  Record.parse({
    titles: [{ value: 'x' }],
    type: { term: 'dataset' },
    ...(access && { accessRights: { term: access } }),
    dates: available.map((value) => ({ value, type: 'Available' })),
  })
const open = { access: 'open', until: null } as const
const closed = { access: 'closed', until: null } as const
const link = { access: 'link', until: null } as const
const embargoed = (until: string) => ({ access: 'embargoed', until }) as const

describe('access of the files of an imported record', () => {
  it.each([
    ['open access', [], open],
    [undefined, [], open],
    ['restricted access', [], closed],
    ['metadata only access', [], closed],
    ['embargoed access', ['2026-07-01', '2027-01-01'], embargoed('2027-01-01')],
    ['embargoed access', ['2026-06-15'], { access: 'open', until: '2026-06-15' }],
    ['embargoed access', [], closed],
  ] as const)('is, for %s available %j: %j', (access, available, expected) => {
    expect(importedAccess(record(access, ...available), on(TODAY))).toEqual(expected)
  })

  it.each([
    ['2027', '2027-12-31'],
    ['2027-02', '2027-02-28'],
    ['2028-02', '2028-02-29'],
    ['2027-02-03T10:00:00+09:00', '2027-02-03'],
    ['2027-02-03T23:00:00-05:00', '2027-02-04'],
    ['2026-12/2027-03', '2027-03-31'],
    ['2027-05-01/', '2027-05-01'],
  ])('ends an embargo until %s on %s, never early', (available, until) => {
    expect(importedAccess(record('embargoed access', available), on(TODAY))).toEqual(embargoed(until))
  })

  it.each(['2027-02-31', '2027-00', '2027-13', '2027-02-03T25:00:00Z'])(
    'keeps files closed until %s, which no calendar has',
    (date) => {
      expect(importedAccess(record('embargoed access', date), on(TODAY))).toEqual(closed)
    },
  )
})

describe('access of an item', () => {
  it.each([
    [[closed, open], 'open access', null],
    [[closed, link], 'open access', null],
    [[closed, embargoed('2027-01-01'), embargoed('2026-09-01')], 'embargoed access', '2026-09-01'],
    [[closed], 'restricted access', null],
    [[{ access: 'signed-in', until: null } as const], 'restricted access', null],
  ] as const)('is, of files %j: %s until %s', (files, access, until) => {
    expect(itemAccess([...files], record('metadata only access'), on(TODAY))).toEqual({ access, until })
  })

  it.each([
    ['open access', [], 'open access', null],
    ['restricted access', [], 'restricted access', null],
    [undefined, [], 'metadata only access', null],
    ['embargoed access', ['2026-06-16'], 'embargoed access', '2026-06-16'],
    ['embargoed access', ['2026-06-15'], 'metadata only access', null],
    ['embargoed access', [], 'metadata only access', null],
  ] as const)(
    'without files is what was imported, %s available %j: %s until %s',
    (imported, available, access, until) => {
      expect(itemAccess([], record(imported, ...available), on(TODAY))).toEqual({ access, until })
    },
  )

  it('never says embargoed without a day that lies ahead of what is due', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const file = fc.oneof(fc.constantFrom(open, closed, link), day.map(embargoed))
    fc.assert(
      fc.property(fc.array(file), day, (files, today) => {
        // A change opens what has come due before access is derived.
        const settled = files.map((each) => (each.access === 'embargoed' && each.until <= today ? open : each))
        const { access, until } = itemAccess(settled, record(), on(today))
        const due = nextDue({ status: 'public', publicationDate: today, accessUntil: until }, settled)
        expect(access === 'embargoed access').toBe(until !== null)
        expect(due === null || due > today).toBe(true)
        if (until !== null) expect(due).toBe(until)
      }),
    )
  })
})
