import { earliestDatestamp, findInFeed } from '../../items/index.ts'
import { metadataFormats } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { writeDatestamp } from './dates.ts'
import { listIdentifiers, listRecords, listSets, record } from './lists.ts'
import { refusal } from './refusal.ts'
import type { OaiRequest } from './request.ts'
import { element, inFirstLanguage, leaf } from './xml.ts'

/** Address of an institution's OAI-PMH. */
export const baseUrl = ({ url }: Tenant) => `${url}/oai`

/**
 * Answers a request: the element that its verb asks for.
 *
 * @throws Refusal where the protocol has an error for it.
 */
export async function answer(tenant: Tenant, request: OaiRequest): Promise<string> {
  switch (request.verb) {
    case 'Identify':
      return await identify(tenant)
    case 'ListMetadataFormats':
      if (request.identifier !== undefined) await find(tenant, request.identifier)
      return listMetadataFormats()
    case 'ListSets':
      return await listSets(tenant, request.after)
    case 'GetRecord': {
      const { entry, item } = await find(tenant, request.identifier)
      return element('GetRecord', record(entry, item, request.metadataPrefix))
    }
    case 'ListIdentifiers':
      return await listIdentifiers(tenant, request.list)
    case 'ListRecords':
      return await listRecords(tenant, request.list)
  }
}

async function find(tenant: Tenant, identifier: string) {
  const found = await findInFeed(tenant, identifier)
  if (!found) throw refusal('idDoesNotExist', 'There is no item of this identifier.')
  return found
}

async function identify(tenant: Tenant): Promise<string> {
  const [{ name, languages, contact }, earliest] = await Promise.all([tenant.settings(), earliestDatestamp(tenant)])
  return element(
    'Identify',
    leaf('repositoryName', inFirstLanguage(name, languages)),
    leaf('baseURL', baseUrl(tenant)),
    leaf('protocolVersion', '2.0'),
    leaf('adminEmail', contact),
    leaf('earliestDatestamp', writeDatestamp(earliest)),
    leaf('deletedRecord', 'persistent'),
    leaf('granularity', 'YYYY-MM-DDThh:mm:ssZ'),
    leaf('compression', 'gzip'),
    ...describeIdentifiers(new URL(tenant.url).hostname),
  )
}

/** The form of our identifiers (guidelines-oai-identifier), whose repository must begin every label with a letter. */
function describeIdentifiers(host: string): string[] {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/i.test(host)) return []
  const namespace = 'http://www.openarchives.org/OAI/2.0/oai-identifier'
  return [
    element(
      'description',
      `<oai-identifier xmlns="${namespace}" xsi:schemaLocation="${namespace} ${namespace}.xsd">`,
      leaf('scheme', 'oai'),
      leaf('repositoryIdentifier', host),
      leaf('delimiter', ':'),
      leaf('sampleIdentifier', `oai:${host}:00000001`),
      '</oai-identifier>',
    ),
  ]
}

const listMetadataFormats = () =>
  element(
    'ListMetadataFormats',
    ...[...metadataFormats].map(([prefix, { schema, namespace }]) =>
      element(
        'metadataFormat',
        leaf('metadataPrefix', prefix),
        leaf('schema', schema),
        leaf('metadataNamespace', namespace),
      ),
    ),
  )
