import { importedAccess, itemAccess } from '../../app/items/access.ts'
import type { DisseminatedFile, Dissemination } from '../../app/items/dissemination.ts'
import type { Record } from '../../app/records/model.ts'
import { readWithoutFinding, sample } from './samples.ts'

export const ITEM_URL = 'https://kura.example/items/7'

/** Where the samples' own repository has its files; others lie elsewhere and are links. */
const STORED = /^http:\/\/repository\.dl\.itc\.u-tokyo\.ac\.jp\/files\/\d+\/(.+)$/

const JAPAN_2026 = { timeZone: 'Asia/Tokyo', today: () => '2026-04-01' }

/** An official sample as an item that was imported on 2026-04-01 with the files that its repository has. */
export function published(name: string): Dissemination {
  const record = readWithoutFinding(sample(name))
  const files = record.files.flatMap((described) => fileOf(described, record))
  const { access, until } = itemAccess(
    files.map((file) => ({ access: file.access, until: file.until ?? null })),
    record,
    JAPAN_2026,
  )
  return {
    number: 7,
    url: ITEM_URL,
    oaiIdentifier: 'oai:kura.example:7',
    record,
    files,
    held: [],
    scans: 0,
    access: { right: access, ...(until !== null && { until }) },
    publicationDate: JAPAN_2026.today(),
    revision: 1,
    updatedAt: new Date('2026-04-01T00:00:00Z'),
    versions: [],
  }
}

function fileOf(described: Record['files'][number], record: Record): DisseminatedFile[] {
  const { uri, label, objectType } = described
  if (uri === undefined) return []
  const name = STORED.exec(uri)?.[1]
  const common = { label: label ?? uri, objectType, described, readable: true }
  if (name === undefined) return [{ ...common, name: uri, url: uri, access: 'link' }]
  const { access, until } = importedAccess(record, JAPAN_2026)
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/pdf'
  const url = `${ITEM_URL}/files/${name}`
  return [{ ...common, name, url, access, ...(until !== null && { until }), type, size: 123_456 }]
}
