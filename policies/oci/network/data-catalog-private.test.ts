import { datacatalog } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './data-catalog-private.ts'

const catalog = (attachedCatalogPrivateEndpoints?: unknown) =>
  declared(datacatalog.Catalog, 'catalogue', { attachedCatalogPrivateEndpoints })
const none = 'catalogue: attachedCatalogPrivateEndpoints is not set; write the id of a CatalogPrivateEndpoint.'

cases(rule, {
  passes: { 'an endpoint that nobody knows yet': catalog([UNKNOWN]) },
  breaks: { 'a catalogue that says nothing': [catalog(), none], 'an empty list': [catalog([]), none] },
})
