import { objectstorage } from '@pulumi/oci'
import { type PropsOf, stackRule } from '../../rule/index.ts'
import { isReplica, namesBucket } from '../buckets.ts'

export default stackRule(
  {
    name: 'bucket-ends-uploads',
    description:
      'Parts of an upload that nobody finishes are deleted some day: nobody sees them, and they cost like objects.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP uploads'],
  },
  objectstorage.Bucket,
  (stack, tell, { each }) => {
    const ending = stack.of(objectstorage.ObjectLifecyclePolicy).filter(({ props }) => props.rules?.some(isEnding))
    each(objectstorage.Bucket, (bucket) => {
      if (ending.some((policy) => namesBucket(stack, policy, 'bucket', bucket)) || isReplica(stack, bucket)) return
      const write = 'an ObjectLifecyclePolicy with an enabled rule of action "ABORT" and target "multipart-uploads"'
      tell(bucket, { lacks: 'end for unfinished uploads', write })
    })
  },
)

type LifecycleRule = NonNullable<PropsOf<typeof objectstorage.ObjectLifecyclePolicy>['rules']>[number]

function isEnding({ action, target, isEnabled }: LifecycleRule): boolean {
  return isEnabled && action.toUpperCase() === 'ABORT' && target?.toLowerCase() === 'multipart-uploads'
}
