import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-not-shared-by-link.ts'

cases(rule, {
  passes: { 'a bucket': declared(objectstorage.Bucket, 'theses') },
  breaks: {
    'a link to one': [
      declared(objectstorage.Preauthrequest, 'link', { accessType: 'AnyObjectRead' }),
      'link: accessType is "AnyObjectRead"; write no Preauthrequest, but a policy for who may read.',
    ],
    'a link of a kind that nobody knows yet': [
      declared(objectstorage.Preauthrequest, 'link', { accessType: UNKNOWN }),
      /^Could not be judged: link: accessType/,
    ],
  },
})
