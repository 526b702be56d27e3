import { core } from '@pulumi/kubernetes'
import { objectstorage } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import { Postgresql } from '../kinds.ts'
import rule from './namespace-of-data-protected.ts'

const namespace = (protect: boolean) => object(core.v1.Namespace, '/data', {}, {}, { protect })
const cluster = (place: string, protect = true) => object(Postgresql, place, {}, {}, { protect })

cases(rule, {
  passes: {
    'both protected': [namespace(true), cluster('data/cluster')],
    'nothing protected in it': [namespace(false), cluster('data/cluster', false)],
    'something protected in another': [namespace(false), cluster('other/cluster')],
    'something protected in no cluster': [
      namespace(false),
      declared(objectstorage.Bucket, 'bucket', { metadata: { namespace: 'data' } }, { protect: true }),
    ],
  },
  breaks: {
    'something protected in it': [
      [namespace(false), cluster('data/cluster')],
      'data: options.protect is false; write true, because cluster is in it.',
    ],
  },
})
