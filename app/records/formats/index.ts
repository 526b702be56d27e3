import type { Dissemination } from '../../items/dissemination.ts'
import { type Edition, JPCOAR_1_0, JPCOAR_2_0, JPCOAR_2_1, writeDissemination } from './jpcoar/index.ts'
import { OAI_DC, writeOaiDc } from './oai-dc/index.ts'

/** A format in which items are handed out. */
export interface MetadataFormat {
  /** OAI-PMH's `metadataPrefix`. */
  prefix: string
  namespace: string
  /** The address where the schema can be fetched. */
  schema: string
  /** What a reader may see of an item, as one element that declares its namespaces, without an XML declaration. */
  write(dissemination: Dissemination): string
}

const oaiDc: MetadataFormat = { prefix: 'oai_dc', ...OAI_DC, write: writeOaiDc }

const inEdition = (edition: Edition, prefix = `jpcoar_${edition.version}`): MetadataFormat => ({
  prefix,
  namespace: edition.namespace,
  schema: edition.schema,
  write: (dissemination) => writeDissemination(dissemination, edition),
})

/** JPCOAR for those who name no edition: the one that harvesters in Japan expect. */
const jpcoar = inEdition(JPCOAR_2_0, 'jpcoar')

/** All formats by their prefix. */
export const metadataFormats: ReadonlyMap<string, MetadataFormat> = new Map(
  [oaiDc, jpcoar, inEdition(JPCOAR_2_0), inEdition(JPCOAR_2_1), inEdition(JPCOAR_1_0)].map((format) => [
    format.prefix,
    format,
  ]),
)
