import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './policy-keeps-storage.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })
const buckets = 'Allow group Operators to manage buckets in compartment Prod'
const objects = 'Allow group Operators to manage object-family in compartment Prod'

cases(rule, {
  passes: {
    'who cannot delete buckets': policy(`${buckets} where request.permission != 'BUCKET_DELETE'`),
    'who cannot delete, in all conditions': policy(
      `${objects} where all {request.permission != 'BUCKET_DELETE', request.permission != 'OBJECT_DELETE', target.bucket.name = 'logs'}`,
    ),
    'who can do some things only': policy(
      `${objects} where any {request.permission = 'OBJECT_CREATE', request.permission = 'OBJECT_READ'}`,
    ),
    'who uses volumes': policy('Allow group Operators to use volumes in compartment Prod'),
    'who manages something else': policy('Allow group Operators to manage dns in compartment Prod'),
    'who may delete and do nothing else': policy('Allow group Cleaners to {BUCKET_DELETE} in compartment Prod'),
    'a service': policy('Allow service objectstorage-ap-tokyo-1 to manage object-family in compartment Prod'),
    'a kind of resources': policy(
      "Allow any-user to manage objects in compartment Prod where request.principal.type = 'serviceconnector'",
    ),
    administrators: policy('Allow group Administrators to manage object-family in tenancy'),
  },
  breaks: {
    'who can delete buckets': [
      policy(buckets),
      `rights: statements[0] is "${buckets}"; write the conditions request.permission != 'BUCKET_DELETE'.`,
    ],
    'who can delete one of both': [
      policy(`${objects} where request.permission != 'BUCKET_DELETE'`),
      /write the conditions request\.permission != 'OBJECT_DELETE'\.$/,
    ],
    'machines that can delete volumes': [
      policy('Allow dynamic-group Runners to manage volume-family in tenancy'),
      /VOLUME_DELETE'.*'VOLUME_BACKUP_DELETE'.*'BOOT_VOLUME_BACKUP_DELETE'\.$/,
    ],
    everybody: [policy('Allow any-group to manage file-systems in tenancy'), /FILE_SYSTEM_DELETE_SNAPSHOT/],
    'who can do everything': [
      policy('Allow group Operators to manage all-resources in compartment Prod'),
      /BUCKET_DELETE/,
    ],
  },
})
