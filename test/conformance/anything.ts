import type { DisseminatedFile, Dissemination } from '../../app/items/dissemination.ts'
import { anyRecord } from '../../app/records/record.arbitrary.ts'
import * as vocabulary from '../../app/records/vocabularies.ts'
import { fc } from '../support/property.ts'

const file: fc.Arbitrary<DisseminatedFile> = fc.record({
  name: fc.constant('a.csv'),
  label: fc.string({ unit: 'grapheme' }),
  url: fc.webUrl(),
  access: fc.constantFrom('open', 'embargoed', 'signed-in', 'closed'),
  readable: fc.boolean(),
  type: fc.constantFrom('text/csv', 'application/pdf'),
  size: fc.nat(),
})

/** Items with every record that the model accepts, published. */
export const anything: fc.Arbitrary<Dissemination> = fc.record({
  number: fc.constant(1),
  url: fc.constant('https://kura.example/items/1'),
  record: anyRecord(),
  files: fc.array(file, { maxLength: 2 }),
  held: fc.constant([]),
  scans: fc.constant(0),
  access: fc.record({ right: fc.constantFrom(...vocabulary.accessRights), until: fc.constant('2031-04-01') }),
  publicationDate: fc.constant('2026-04-01'),
  revision: fc.constant(1),
  updatedAt: fc.constant(new Date('2026-04-01T00:00:00Z')),
  versions: fc.constant([]),
})
