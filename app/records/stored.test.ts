import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { MODEL_VERSION, Record } from './model.ts'
import { anyRecord } from './record.arbitrary.ts'
import { restoreRecord, storableRecord } from './stored.ts'

describe('storing a record', () => {
  it('restores what was stored', () => {
    fc.assert(
      fc.property(anyRecord(), (record) => {
        const stored = JSON.parse(JSON.stringify(storableRecord(record)))
        expect(restoreRecord(stored, MODEL_VERSION)).toEqual(record)
      }),
    )
  })

  it('stores nothing for what a record does not say', () => {
    const record = Record.parse({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, creators: [{ names: [] }] })
    expect(storableRecord(record)).toEqual({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, creators: [{}] })
  })

  it.each([0, MODEL_VERSION + 1, 1.5, Number.NaN])('refuses model version %s', (version) => {
    expect(() => restoreRecord({ titles: [{ value: '蔵' }], type: { term: 'dataset' } }, version)).toThrow(RangeError)
  })

  it('refuses what never was a record', () => {
    expect(() => restoreRecord({ titles: [] }, MODEL_VERSION)).toThrow(/type/)
  })
})
