import type { Dissemination } from '../../items/index.ts'
import { writeDissemination } from '../../records/index.ts'

interface MetadataFormat {
  namespace: string
  schema: string
  write(item: Dissemination): string
}

const jpcoar20: MetadataFormat = {
  namespace: 'https://github.com/JPCOAR/schema/blob/master/2.0/',
  schema: 'https://raw.githubusercontent.com/JPCOAR/schema/master/2.0/jpcoar_scm.xsd',
  write: writeDissemination,
}

/** The formats that harvesters can have, by metadataPrefix. */
export const metadataFormats: ReadonlyMap<string, MetadataFormat> = new Map([
  ['jpcoar_2.0', jpcoar20],
  ['jpcoar', jpcoar20],
])
