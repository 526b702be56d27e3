import type { Dissemination } from '../items/index.ts'
import type { Record } from '../records/index.ts'

/** A record with what an import needs beside it. */
export interface PortableRecord {
  source: string
  publicationDate: string
  record: Record
}

/**
 * The record of an item as an import understands it, here or elsewhere: its files are those that the item has, by
 * their addresses. Imported here again it keeps them; elsewhere it links to them.
 *
 * @param source for those who may import it here again: the name under which it was imported, or its address.
 */
export function portableRecord(item: Dissemination, source?: string): PortableRecord {
  const { record, files, held, url, publicationDate } = item
  // What is held is not to be lost by that.
  const named = [...files, ...(source === undefined ? [] : held)].map((file) => {
    if (file.access === 'link' && file.described) return file.described
    return { extents: [], dates: [], ...file.described, uri: file.url }
  })
  // Of the content as a whole ("852 KB", and no more).
  const unnamed = record.files.filter(({ uri, label }) => uri === undefined && label === undefined)
  return { source: source ?? url, publicationDate, record: { ...record, files: [...named, ...unnamed] } }
}
