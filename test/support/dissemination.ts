import type { Dissemination } from '../../app/items/dissemination.ts'
import type { Record } from '../../app/records/model.ts'

/** A public item with a record and little else, made up. */
export const disseminationOf = (record: Record, others: Partial<Dissemination> = {}): Dissemination => ({
  number: 7,
  url: 'https://kura.example/items/7',
  record,
  files: [],
  held: [],
  scans: 0,
  access: { right: 'open access' },
  publicationDate: '2026-04-01',
  revision: 1,
  updatedAt: new Date('2026-04-01T00:00:00Z'),
  versions: [],
  ...others,
})
