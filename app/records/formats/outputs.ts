import type { Dissemination } from '../../items/dissemination.ts'
import { writeBibtex } from './bibtex/index.ts'
import { writeCslJson } from './csl/index.ts'
import { writeDataCiteJson } from './datacite/resource.ts'
import { DATACITE, writeDataCiteXml } from './datacite/xml.ts'
import { metadataFormats } from './index.ts'
import type { Repository } from './repository.ts'
import { writeRis } from './ris/index.ts'
import { writeSchemaOrg } from './schema-org/index.ts'
import { asDocument } from './xml.ts'

export { citationTags } from './citation-tags.ts'
export { type CitationRun, type CitationStyle, citationStyles, cite } from './citations/index.ts'
export type { Repository } from './repository.ts'
export { schemaOrg } from './schema-org/index.ts'

/** A format in which one item can be taken along. */
export interface OutputFormat {
  /** As it stands in addresses: `bibtex`, `csl-json`. */
  id: string
  /** What readers know it as: BibTeX, RIS. */
  name: string
  /** Without parameters; what `Accept` is compared with. Of formats that share one, the first is meant. */
  mediaType: string
  /** Other media types by which clients ask for it. */
  synonyms: readonly string[]
  /** What tells it from others of its media type (RFC 6906): the namespace of its XML. */
  profile?: string
  /** Of a saved file, without the dot before it; several parts where formats would else share one. */
  extension: string
  write(item: Dissemination, repository: Repository): string
}

/** A format of OAI-PMH, under the name that it has there, as a document of its own. */
function xml(prefix: string, name: string, synonyms: string[] = []): OutputFormat {
  const format = metadataFormats.get(prefix)
  if (!format) throw new Error(`There is no format ${prefix}.`)
  return {
    id: prefix,
    name,
    mediaType: 'application/xml',
    synonyms,
    profile: format.namespace,
    extension: `${prefix}.xml`,
    write: (item) => asDocument(format.write(item)),
  }
}

/** All formats, in the order in which pages offer them: what readers take to their reference managers first. */
export const outputs: readonly OutputFormat[] = [
  {
    id: 'bibtex',
    name: 'BibTeX',
    mediaType: 'application/x-bibtex',
    synonyms: ['text/x-bibtex'],
    extension: 'bib',
    write: writeBibtex,
  },
  {
    id: 'ris',
    name: 'RIS',
    mediaType: 'application/x-research-info-systems',
    synonyms: [],
    extension: 'ris',
    write: writeRis,
  },
  {
    id: 'csl-json',
    name: 'CSL-JSON',
    mediaType: 'application/vnd.citationstyles.csl+json',
    synonyms: ['application/citeproc+json'],
    extension: 'csl.json',
    write: writeCslJson,
  },
  xml('jpcoar_2.0', 'JPCOAR 2.0', ['text/xml']),
  xml('jpcoar_2.1', 'JPCOAR 2.1'),
  xml('oai_dc', 'Dublin Core', ['application/x-dc+xml']),
  {
    id: 'datacite',
    name: 'DataCite XML',
    mediaType: 'application/vnd.datacite.datacite+xml',
    synonyms: ['application/x-datacite+xml'],
    profile: DATACITE.namespace,
    extension: 'datacite.xml',
    write: (item, repository) => asDocument(writeDataCiteXml(item, repository)),
  },
  {
    id: 'datacite-json',
    name: 'DataCite JSON',
    mediaType: 'application/vnd.datacite.datacite+json',
    synonyms: [],
    extension: 'datacite.json',
    write: writeDataCiteJson,
  },
  {
    id: 'schema-org',
    name: 'schema.org (JSON-LD)',
    mediaType: 'application/ld+json',
    synonyms: ['application/vnd.schemaorg.ld+json'],
    extension: 'jsonld',
    write: writeSchemaOrg,
  },
]
