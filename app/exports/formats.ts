import { writeTable } from '../deposit/index.ts'
import type { Dissemination } from '../items/index.ts'
import { type OutputFormat, outputs, type Repository } from '../records/formats/outputs.ts'
import { metadataFormats, storableRecord } from '../records/index.ts'
import type { PortableRecord } from './portable.ts'

/** An item as it is taken along: as its readers see it, and as an import understands it. */
export interface Exported {
  item: Dissemination
  portable: PortableRecord
}

/** A form in which many items are taken along at once. */
export interface ExportFormat {
  mediaType: string
  /** Of a saved file, without the dot. */
  extension: string
  /** @param scratch folder for what cannot be handed out as it comes. */
  write(items: AsyncIterable<Exported>, repository: Repository, scratch: string): AsyncIterable<string>
}

/** Texts one after the other, with something before, between and behind them. */
async function* joined(texts: AsyncIterable<string>, begin: string, between: string, end: string) {
  let before = begin
  for await (const text of texts) {
    yield before + text
    before = between
  }
  // Where there was no text, what begins it is still to be said.
  yield (before === begin ? begin : '') + end
}

async function* each<T>(items: AsyncIterable<T>, write: (item: T) => string) {
  for await (const item of items) yield write(item)
}

/** A format of one item whose texts can stand one behind the other. */
const inSequence = ({ mediaType, extension, write }: OutputFormat): ExportFormat => ({
  mediaType,
  extension,
  write: (items, repository) =>
    joined(
      each(items, ({ item }) => write(item, repository)),
      '',
      '\n',
      '',
    ),
})

/** One whose texts are lists in JSON. */
const inList = ({ mediaType, extension, write }: OutputFormat): ExportFormat => ({
  mediaType,
  extension,
  write: (items, repository) => {
    const members = ({ item }: Exported) => JSON.stringify(JSON.parse(write(item, repository))).slice(1, -1)
    return joined(each(items, members), '[\n', ',\n', '\n]\n')
  },
})

/** How the texts of output formats are put together. */
const TOGETHER: { readonly [id: string]: (format: OutputFormat) => ExportFormat } = {
  bibtex: inSequence,
  ris: inSequence,
  'csl-json': inList,
}

/** A format of OAI-PMH: its elements in one that has no name space and means no more than that they stand together. */
const inXml = (prefix: string): ExportFormat => ({
  mediaType: 'application/xml',
  extension: 'xml',
  write: (items) => {
    const write = metadataFormats.get(prefix)?.write as (item: Dissemination) => string
    const begin = '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n'
    return joined(
      each(items, ({ item }) => write(item)),
      begin,
      '\n',
      '\n</records>\n',
    )
  },
})

/** A record a line, as an import takes them. */
const ndjson: ExportFormat = {
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  write: (items) =>
    each(items, ({ portable }) => `${JSON.stringify({ ...portable, record: storableRecord(portable.record) })}\n`),
}

/** A table, as an import takes it. */
const csv: ExportFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  write: (items, _, scratch) => writeTable(portables(items), scratch),
}

async function* portables(items: AsyncIterable<Exported>) {
  for await (const { portable } of items) yield portable
}

/** All forms, by their names in addresses: those of single items where there is one. */
export const exportFormatsOf = (outputs: readonly OutputFormat[]): ReadonlyMap<string, ExportFormat> =>
  new Map([
    ...outputs.flatMap((format) => {
      const together = TOGETHER[format.id]
      return together ? [[format.id, together(format)] as const] : []
    }),
    ...['jpcoar_2.0', 'jpcoar_2.1', 'oai_dc'].map((prefix) => [prefix, inXml(prefix)] as const),
    ['csv', csv],
    ['ndjson', ndjson],
  ])

export const exportFormats = exportFormatsOf(outputs)
