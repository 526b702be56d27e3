import { budget } from '@pulumi/oci'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { cellOf, nodePool } from './declaration.ts'
import { declared } from './rule.ts'

/** What costs 146 USD a month by the list: two nodes with their boot volumes, and files of 10 GiB, if nothing else is said. */
export function stackWith(amount?: unknown, storage = 10): CapturedResource[] {
  return [
    nodePool('web', 2),
    cellOf('kita', 4, { aozora: storage }),
    declared('oci:ObjectStorage/bucket:Bucket', 'kura-storage-contents', { name: 'contents' }),
    ...(amount === undefined ? [] : [declared(budget.Budget, 'budget', { amount })]),
  ]
}
