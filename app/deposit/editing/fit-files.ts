import type { Finding, Record } from '../../records/index.ts'
import type { WantedFile } from '../item-files.ts'
import { matchFiles, relativePath } from '../match-files.ts'
import { fault } from '../rejection.ts'

/** A file that an item holds, and the entry of its present record that describes it. */
export interface HeldFile {
  name: string
  described: number | null
}

/**
 * Finds out which of an item's files belong to which entries of a record, by the rules of imports
 * ({@link matchFiles}), and which entries lead elsewhere. Every file stays, also one that no entry mentions; an entry
 * whose file is not there may be of one that is still to be sent.
 *
 * @param held the item's files in their order, with those that are about to be added.
 * @param present the item's record as it is, whose entries `held` names.
 * @param base address below which the item's files lie.
 */
export function fitFiles(
  record: Record,
  held: HeldFile[],
  present: Record,
  base: string | undefined,
): { wanted: WantedFile[]; warnings: Finding[] } {
  const folder = new Map(held.map(({ name }) => [name, name]))
  // An archive had its own folders: what the present record calls a file is what it may be called again.
  const called = new Map(
    held.flatMap(({ name, described }) => {
      const uri = described === null ? undefined : present.files[described]?.uri
      const path = uri === undefined ? undefined : relativePath(uri)
      return path === undefined ? [] : [[path, name] as const]
    }),
  )
  const at = (path: string) => {
    const name = called.get(path) ?? folder.get(path)
    return name === undefined ? undefined : { name, file: name }
  }
  const matched = matchFiles(record, { folder, at }, base)
  const entries = new Map(matched.stored.map(({ name, described }) => [name, described]))
  const missing = (path: string) => fault('file.missing', path, 'names a file that this item does not have')
  return {
    wanted: [
      ...held.map(({ name }) => ({ name, described: entries.get(name) ?? null })),
      ...matched.links.map(({ url, described }) => ({ name: url, described, link: url })),
    ],
    warnings: [
      ...matched.errors.map((error) => (error.rule === 'file.missing' ? missing(error.path) : error)),
      ...matched.kept.map(({ described }) => missing(`files[${described}].uri`)),
      // Of an import: here every file stays.
      ...matched.warnings.filter(({ rule }) => rule !== 'file.undescribed'),
    ],
  }
}
