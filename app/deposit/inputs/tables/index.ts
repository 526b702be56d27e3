import type { Readable } from 'node:stream'
import { Problem } from '../../../platform/problem.ts'
import { type Incoming, type IncomingFiles, noFiles } from '../../incoming.ts'
import type { Input } from '../index.ts'
import { refused } from '../record-xml.ts'
import { readTable } from './table.ts'

export { template } from './template.ts'
export { writeTable } from './write.ts'

/** A table with commas, a record a row (RFC 4180). */
export const csv = tableInput('text/csv', ',')
/** The same with tabs. */
export const tsv = tableInput('text/tab-separated-values', '\t')

function tableInput(type: string, separator: string): Input {
  return {
    types: [type],
    read: ({ body, charset }) => readTable(body, { separator, charset, files: noFiles }),
  }
}

/**
 * The table in an archive whose rows are the records: the one that lies above everything else that could be records.
 * Tables in folders, or beside a record, are files.
 *
 * @throws Problem 422 if several lie there.
 */
export function tableIn(names: Iterable<string>): string | undefined {
  const listed = [...names].filter((name) => /\.(csv|tsv|xml)$/i.test(name))
  const top = Math.min(...listed.map(depth))
  const highest = listed.filter((name) => depth(name) === top)
  if (highest.length === 0 || highest.some((name) => /\.xml$/i.test(name))) return undefined
  if (highest.length > 1)
    throw new Problem(
      422,
      'Several tables',
      `${highest.slice(0, 3).join(' and ')} lie side by side: leave the one with the records there, and put files into a folder.`,
    )
  return highest[0]
}

const depth = (name: string) => name.split('/').length

/** Reads the records of a table that lies in an archive. */
export async function* readTableEntry(
  name: string,
  open: () => Promise<Readable>,
  files: IncomingFiles,
): AsyncGenerator<Incoming> {
  const separator = /\.tsv$/i.test(name) ? '\t' : ','
  try {
    yield* readTable(await open(), { separator, charset: undefined, files })
  } catch (error) {
    if (error instanceof Problem) throw error
    const reading = refused('zip.entry', `${name} cannot be unpacked to its end: ${(error as Error).message}`)
    yield { source: undefined, reading, files }
  }
}
