import { datacatalog } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'data-catalog-private',
    description: 'A data catalogue reaches its sources by a private endpoint.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_OCI_23'],
  },
  datacatalog.Catalog,
  (catalog, tell) => {
    if (!isSet(catalog, 'attachedCatalogPrivateEndpoints'))
      tell({ at: 'attachedCatalogPrivateEndpoints', is: undefined, write: 'the id of a CatalogPrivateEndpoint' })
  },
)
