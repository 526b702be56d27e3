import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import type { DisseminatedFile, Dissemination } from '../../../items/dissemination.ts'
import { Record, type RecordInput } from '../../model.ts'
import { JPCOAR_2_0, readJpcoar, writeDissemination } from './index.ts'

const URL = 'https://kura.example/items/7'

const published = (input: Partial<RecordInput>, item: Partial<Dissemination> = {}) => {
  const record = Record.parse({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, ...input })
  const dissemination = disseminationOf(record, item)
  return { before: record, after: readJpcoar(writeDissemination(dissemination, JPCOAR_2_0)).record }
}

const stored: DisseminatedFile = {
  name: 'data.csv',
  label: '観測.csv',
  url: `${URL}/files/data.csv`,
  access: 'open',
  readable: true,
  objectType: 'dataset',
  type: 'text/csv',
  size: 1234,
}

describe('publishing a record', () => {
  it('changes nothing but identifiers, access rights and files', () => {
    const { before, after } = published({
      subjects: [{ value: '蔵', scheme: 'NDC' }],
      languages: ['jpn'],
      volume: '12',
    })
    expect(after).toEqual({
      ...before,
      type: { term: 'dataset', uri: 'http://purl.org/coar/resource_type/c_ddb1' },
      identifiers: [{ value: URL, type: 'URI' }],
      accessRights: { term: 'open access', uri: 'http://purl.org/coar/access_right/c_abf2' },
    })
  })

  it('puts our address before the imported identifiers, and never twice', () => {
    const doi = { value: 'https://doi.org/10.99999/1', type: 'DOI' } as const
    const { after } = published({ identifiers: [doi, { value: URL, type: 'URI' }] })
    expect(after?.identifiers).toEqual([{ value: URL, type: 'URI' }, doi])
  })

  it('states the access rights of the item now', () => {
    const { after } = published({ accessRights: { term: 'open access' } }, { access: { right: 'restricted access' } })
    expect(after?.accessRights?.term).toBe('restricted access')
  })

  it('states the day on which an embargo now ends', () => {
    const issued = { value: '2026-03-01', type: 'Issued' } as const
    const access = { right: 'embargoed access', until: '2031-04-01' } as const
    const { after } = published({ dates: [{ value: '2029-04-01', type: 'Available' }, issued] }, { access })
    expect(after?.dates).toEqual([issued, { value: '2031-04-01', type: 'Available' }])
  })

  it('keeps the dates of an embargo that ends as the record says, and of one that is over', () => {
    const dates = [{ value: '2029-04-01', type: 'Available' } as const, { value: '2026', type: 'Issued' } as const]
    const embargoed = { access: { right: 'embargoed access', until: '2029-04-01' } } as const
    expect(published({ dates }, embargoed).after?.dates).toEqual(dates)
    const month = [{ value: '2029-04', type: 'Available' } as const]
    expect(published({ dates: month }, embargoed).after?.dates).toEqual(month)
    expect(published({ dates }, { access: { right: 'open access', until: '2029-04-01' } }).after?.dates).toEqual(dates)
  })

  it('gives stored files our address, label, type and size, and keeps what else the record says of them', () => {
    const dates = [{ value: '2026-03-01', type: 'Created' } as const]
    const described = { uri: 'data.csv', extents: ['1.2 KB', '24 pages'], dates, version: '1.1' }
    const { after } = published({ files: [described] }, { files: [{ ...stored, described }] })
    expect(after?.files).toEqual([
      {
        uri: `${URL}/files/data.csv`,
        label: '観測.csv',
        objectType: 'dataset',
        mimeType: 'text/csv',
        extents: ['1234 B', '24 pages'],
        dates,
        version: '1.1',
      },
    ])
  })

  it('lists files that the reader may not have', () => {
    const { after } = published({}, { files: [{ ...stored, access: 'closed', readable: false }] })
    expect(after?.files).toMatchObject([{ uri: `${URL}/files/data.csv`, extents: ['1234 B'] }])
  })

  it('leaves out files of which the reader may not know', () => {
    const { after } = published({ files: [{ uri: 'secret.pdf' }, { label: 'secret.txt' }] })
    expect(after?.files).toEqual([])
  })

  it('leaves links, and extents of the content as a whole, as they are', () => {
    const described = { uri: 'https://data.example/big.tar', extents: ['1GB'], dates: [] }
    const whole = { extents: ['852.95 KB'], dates: [] }
    const link: DisseminatedFile = {
      name: 'big.tar',
      label: 'big.tar',
      url: described.uri,
      access: 'link',
      readable: true,
    }
    const { after } = published({ files: [described, whole] }, { files: [{ ...link, described }] })
    expect(after?.files).toEqual([described, whole])
  })
})
