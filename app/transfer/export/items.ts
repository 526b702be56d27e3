import { anonymous } from '../../accounts/index.ts'
import { type Dissemination, disseminate, type StoredItem } from '../../items/index.ts'
import { metadataFormats } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { Row } from '../form.ts'
import { ItemRows, readNoted } from '../rows.ts'
import { itemFolder } from './paths.ts'
import type { NotedFile, Snapshot } from './snapshot.ts'

/** An item as others may read it, and all files of it whose bytes are held. */
export interface ExportedItem {
  status: Row<'item'>['status']
  /** Addresses of files held here are their paths beside the record. */
  item: Dissemination
  held: (NotedFile & { path: string; object: string })[]
}

/** The items of a snapshot in its order, each with its files. */
export async function* exportedItems(tenant: Tenant, snapshot: Snapshot): AsyncGenerator<ExportedItem> {
  const files = new ItemRows(readNoted<NotedFile>(snapshot.read('file')), (row) => row.item)
  const versions = new ItemRows(readNoted<Row<'version'>>(snapshot.read('version')), (row) => row.item)
  try {
    for await (const { row } of readNoted<Row<'item'>>(snapshot.read('item'))) {
      const ofItem = (await Array.fromAsync(files.of(row.number))).map(({ row }) => row)
      const made = (await Array.fromAsync(versions.of(row.number))).map(({ row }) => row)
      const item = disseminate(tenant, anonymous, stored(row, ofItem, made))
      const current = ofItem.filter(({ current }) => current)
      yield {
        status: row.status,
        item: { ...item, files: item.files.map((file, index) => beside(file, row.number, current[index])) },
        held: ofItem.filter((file): file is ExportedItem['held'][number] => file.path !== null),
      }
    }
  } finally {
    await files.close()
    await versions.close()
  }
}

function beside(file: Dissemination['files'][number], number: number, noted: NotedFile | undefined) {
  if (!noted?.path) return file
  return { ...file, url: encodePath(noted.path.slice(itemFolder(number).length + 1)) }
}

/** An item's record as JPCOAR 2.1, which any repository can take with the files beside it. */
export function recordXml({ item }: ExportedItem): string {
  const jpcoar = metadataFormats.get('jpcoar_2.1')
  if (!jpcoar) throw new Error('JPCOAR 2.1 is not written any more')
  return `<?xml version="1.0" encoding="UTF-8"?>\n${jpcoar.write(item)}\n`
}

/** A path as the relative address of a file (RFC 3986). */
export const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/** Rows as the database hands them out, from what they are noted as. */
function stored(item: Row<'item'>, files: NotedFile[], versions: Row<'version'>[]): StoredItem {
  return {
    row: {
      ...item,
      access: item.access as StoredItem['row']['access'],
      import_digest: bytesOf(item.import_digest),
      created_at: new Date(item.created_at),
      updated_at: new Date(item.updated_at),
    },
    files: files.map(({ path: _, ...file }) => ({
      ...file,
      sha256: bytesOf(file.sha256),
      // What has not passed the scan is not taken along.
      scan: 'clean',
      finding: null,
      turns: null,
      created_at: new Date(file.created_at),
    })),
    versions: versions.map((made) => ({ ...made, made_at: new Date(made.made_at) })).reverse(),
  }
}

const bytesOf = (hex: string | null) => (hex === null ? null : Buffer.from(hex.slice(2), 'hex'))
